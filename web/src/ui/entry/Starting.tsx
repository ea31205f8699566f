import { Logo } from '../parts/Logo';
import './entry.css';

/** The first moment; shown only where it takes longer than one. */
export function Starting() {
  return (
    <main class="starting">
      <h1 class="unseen">QuantChat is starting</h1>
      <Logo size={4} />
    </main>
  );
}
