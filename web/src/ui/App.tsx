import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../engine/api';
import { useAppearance } from './appearance';
import './base.css';
import { Entry } from './entry/Entry';
import { SignIn } from './entry/SignIn';
import { Starting } from './entry/Starting';
import type { Host } from './host';
import { lazy } from './lazy';
import { Main } from './main/Main';
import { liveRegion } from './parts/announce';
import { Toasts } from './parts/Toast';
import { createRouter } from './router';
import { createState, StateProvider, useAppState } from './state';

const Unusable = lazy(() => import('./entry/Unusable').then((it) => it.Unusable));
const Locked = lazy(() => import('./entry/Locked').then((it) => it.Locked));
const IdentityNeeded = lazy(() => import('./entry/IdentityNeeded').then((it) => it.IdentityNeeded));
const Register = lazy(() => import('./entry/Register').then((it) => it.Register));
const Forgot = lazy(() => import('./entry/Forgot').then((it) => it.Forgot));
const Reset = lazy(() => import('./entry/Reset').then((it) => it.Reset));

/** All screens, over an engine and the window around them. */
export function App({ chat, host }: { chat: Chat; host: Host }) {
  const [state] = useState(() => createState(chat, createRouter(window), host));
  useEffect(() => {
    liveRegion();
    return state.close;
  }, []);
  return (
    <StateProvider value={state}>
      <Screen />
      <Toasts />
    </StateProvider>
  );
}

function Screen() {
  const { phase, settings, router } = useAppState();
  useAppearance(settings);
  const now = phase.value;
  switch (now.name) {
    case 'starting':
      return <Starting />;
    case 'unusable':
      return <Unusable reason={now.reason} />;
    case 'locked':
      return (
        <Entry title="Unlock QuantChat">
          <Locked email={now.email} />
        </Entry>
      );
    case 'identity_needed':
      return (
        <Entry title="Your identity isn’t on this device">
          <IdentityNeeded account={now.account} />
        </Entry>
      );
    case 'ready':
      return <Main account={now.account} loginRequired={now.loginRequired} />;
    case 'signed_out':
      break;
  }
  const route = router.route.value;
  switch (route.name) {
    case 'register':
      return (
        <Entry title="Create an account">
          <Register />
        </Entry>
      );
    case 'forgot':
      return (
        <Entry title="Forgot your password?">
          <Forgot />
        </Entry>
      );
    case 'reset':
      return (
        <Entry title="Choose a new password">
          <Reset token={route.token} />
        </Entry>
      );
    default:
      return (
        <Entry title="Sign in">
          <SignIn email={now.email} reason={now.reason} />
        </Entry>
      );
  }
}
