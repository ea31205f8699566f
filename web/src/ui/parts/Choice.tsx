import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import './choice.css';

export interface SwitchProps {
  label: string;
  note?: ComponentChildren;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ label, note, checked, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch">
      <label class="switch-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="switch-input"
        type="checkbox"
        // Spread: where it stands by itself, `aria-checked` is asked for, which a checkbox must not have.
        {...{ role: 'switch' }}
        checked={checked}
        disabled={disabled}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => {
          const asked = event.currentTarget.checked;
          // It shows what is so, not what is asked for: that comes back as `checked`.
          event.currentTarget.checked = checked;
          onChange(asked);
        }}
      />
      {note && (
        <div class="switch-note" id={`${id}-note`}>
          {note}
        </div>
      )}
    </div>
  );
}

export interface ChoiceProps<T extends string> {
  label: string;
  note?: ComponentChildren;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of a few. */
export function Choice<T extends string>({
  label,
  note,
  value,
  options,
  onChange,
}: ChoiceProps<T>) {
  const id = useId();
  return (
    <div class="choice">
      <label class="switch-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="choice-select"
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => {
          const chosen = options.find((it) => it.value === event.currentTarget.value);
          if (chosen !== undefined) {
            onChange(chosen.value);
          }
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      {note && (
        <div class="switch-note" id={`${id}-note`}>
          {note}
        </div>
      )}
    </div>
  );
}
