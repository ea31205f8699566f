import type { Settings } from '../../engine/api';
import { Choice, Switch } from '../parts/Choice';
import { useAppState } from '../state';
import { Card } from './Card';
import { change } from './change';

const THEMES = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const SIZES: readonly Settings['textSize'][] = [90, 100, 115, 130, 150];

export function AppearanceSection() {
  const { chat, settings } = useAppState();
  const { theme, textSize, enterSends } = settings.value;
  return (
    <>
      <Card title="Look">
        <Choice
          label="Theme"
          value={theme}
          options={THEMES}
          onChange={(next) => change(chat, { theme: next })}
        />
        <Choice
          label="Text size"
          value={String(textSize)}
          options={SIZES.map((size) => ({ value: String(size), label: `${size} %` }))}
          onChange={(next) => {
            const size = SIZES.find((it) => String(it) === next);
            if (size !== undefined) {
              change(chat, { textSize: size });
            }
          }}
        />
      </Card>
      <Card title="Writing">
        <Switch
          label="Enter sends"
          note={
            enterSends
              ? 'Shift and Enter begin a new line.'
              : 'Enter begins a new line; Ctrl and Enter send.'
          }
          checked={enterSends}
          onChange={(next) => change(chat, { enterSends: next })}
        />
      </Card>
    </>
  );
}
