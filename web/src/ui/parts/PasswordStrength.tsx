import { useId } from 'preact/hooks';
import { strengthOf } from '../strength';
import './passwordStrength.css';

/** How hard the password is to guess, in words and as a bar. `known` is what others know. */
export function PasswordStrength({
  password,
  known = [],
}: {
  password: string;
  known?: readonly string[];
}) {
  const id = useId();
  if (password === '') {
    return <p class="strength-words">At least 8 characters. A few unrelated words are best.</p>;
  }
  const { level, words } = strengthOf(password, known);
  return (
    <div class="strength">
      <meter
        class={`strength-bar strength-${level}`}
        aria-labelledby={id}
        min={0}
        max={4}
        value={level}
      />
      <p class="strength-words" id={id}>
        {words}
      </p>
    </div>
  );
}
