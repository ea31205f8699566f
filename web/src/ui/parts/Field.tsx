import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { IconButton } from './Button';
import { Icon } from './Icon';
import * as icons from './icons';
import './field.css';

export interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** Under the field, while nothing is wrong with it too. */
  hint?: ComponentChildren;
  /** What is wrong and what to do. */
  error?: string | undefined;
  /** The label is read out only: its place says what it is. */
  labelUnseen?: boolean;
  icon?: string;
  type?: 'text' | 'email' | 'password' | 'search';
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  required?: boolean;
  autoFocus?: boolean;
  /** Spelling and capitals as in a sentence; not for addresses, names and codes. */
  prose?: boolean;
  dir?: 'auto' | 'ltr';
  onKeyDown?: (event: KeyboardEvent) => void;
  ref?: RefObject<HTMLInputElement | null>;
}

/** A labelled line of text. A password can be shown, and Caps Lock is told. */
export function Field({
  label,
  value,
  onInput,
  hint,
  error,
  labelUnseen = false,
  icon,
  type = 'text',
  prose = false,
  dir = 'auto',
  onKeyDown,
  ...rest
}: FieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  useEffect(() => {
    // A browser heeds `autofocus` only where nothing has the focus.
    if (rest.autoFocus) {
      document.getElementById(id)?.focus();
    }
  }, []);
  const isPassword = type === 'password';
  const noteCapsLock = (event: KeyboardEvent) => {
    // Some programs that fill forms send key events that aren't.
    if (isPassword && typeof event.getModifierState === 'function') {
      setCapsLock(event.getModifierState('CapsLock'));
    }
  };
  const notes = [error && `${id}-error`, hint && `${id}-hint`, capsLock && `${id}-caps`];
  return (
    <div class="field">
      <label class={labelUnseen ? 'unseen' : 'field-label'} for={id}>
        {label}
      </label>
      <div class="field-box">
        {icon !== undefined && <Icon path={icon} />}
        <input
          {...rest}
          id={id}
          class="field-input"
          // Preact's types tell inputs apart by this, and take no choice of several.
          type={(isPassword && shown ? 'text' : type) as 'text'}
          value={value}
          dir={dir}
          spellcheck={prose}
          autoCapitalize={prose ? 'sentences' : 'none'}
          aria-invalid={error ? true : undefined}
          aria-describedby={notes.filter(Boolean).join(' ') || undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={(event) => {
            noteCapsLock(event);
            onKeyDown?.(event);
          }}
          onKeyUp={noteCapsLock}
          onBlur={() => setCapsLock(false)}
        />
        {isPassword && (
          <IconButton
            icon={shown ? icons.eyeOff : icons.eye}
            label={shown ? `Hide ${lower(label)}` : `Show ${lower(label)}`}
            onClick={() => setShown(!shown)}
          />
        )}
      </div>
      {capsLock && (
        <p class="field-note field-caution" id={`${id}-caps`}>
          Caps Lock is on.
        </p>
      )}
      {error && (
        <p class="field-note field-error" id={`${id}-error`}>
          <Icon path={icons.alert} size={1} />
          <span dir="auto">{error}</span>
        </p>
      )}
      {hint && (
        <div class="field-note" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
