import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Account } from '../../engine/api';
import { IconButton } from '../parts/Button';
import { Icon } from '../parts/Icon';
import * as icons from '../parts/icons';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { AboutSection } from './AboutSection';
import { AccountSection } from './AccountSection';
import { AppearanceSection } from './AppearanceSection';
import { DataSection } from './DataSection';
import { LeaveSection } from './LeaveSection';
import { LockSection } from './LockSection';
import { NotificationsSection } from './NotificationsSection';
import { PrivacySection } from './PrivacySection';
import { RefusedSection } from './RefusedSection';
import { SessionsSection } from './SessionsSection';
import { SECTIONS, type SectionName } from './sections';
import './settings.css';

const SHOWN: Record<SectionName, ComponentType<{ account: Account }>> = {
  account: AccountSection,
  privacy: PrivacySection,
  notifications: NotificationsSection,
  appearance: AppearanceSection,
  lock: LockSection,
  sessions: SessionsSection,
  data: DataSection,
  refused: RefusedSection,
  about: AboutSection,
  leave: LeaveSection,
};

/** The sections beside the one that is open; one of both where it is narrow. */
export function Settings({ account, section }: { account: Account; section: string | undefined }) {
  const { router } = useAppState();
  const open = SECTIONS.find((it) => it.name === section);
  const Shown = open === undefined ? undefined : SHOWN[open.name];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (open !== undefined) {
      heading.current?.focus();
    }
  }, [open]);
  return (
    <div class={open === undefined ? 'settings' : 'settings settings-section-shown'}>
      <div class="settings-index">
        <header class="pane-header">
          <IconButton
            icon={icons.back}
            turns
            label="Back to the conversations"
            onClick={() => router.go({ name: 'list' })}
          />
          <h2 class="pane-title">Settings</h2>
        </header>
        <ul class="settings-links">
          {SECTIONS.map((it) => (
            <li key={it.name}>
              <a
                class="settings-link"
                href={hashOf({ name: 'settings', section: it.name })}
                aria-current={it === open ? 'page' : undefined}
              >
                <Icon path={it.icon} />
                <span class="settings-link-text">
                  <span>{it.title}</span>
                  <span class="settings-link-note">{it.note}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </div>
      {open !== undefined && Shown !== undefined && (
        <div class="settings-section">
          <header class="pane-header">
            <IconButton
              class="settings-back"
              icon={icons.back}
              turns
              label="Back to the settings"
              onClick={() => router.go({ name: 'settings' })}
            />
            <h2 class="pane-title" tabIndex={-1} ref={heading}>
              {open.title}
            </h2>
          </header>
          <div class="settings-body" key={open.name}>
            <Shown account={account} />
          </div>
        </div>
      )}
    </div>
  );
}
