import { useId } from 'preact/hooks';
import { Icon } from './Icon';
import * as moreIcons from './moreIcons';
import './filePicker.css';

/** One file, by a press or dropped on it: the field lies, unseen, over what is shown. */
export function FilePicker({
  label,
  accept,
  file,
  onPick,
}: {
  label: string;
  accept?: string;
  file: File | undefined;
  onPick: (file: File) => void;
}) {
  const id = useId();
  const take = (files: FileList | null | undefined) => {
    const first = files?.[0];
    if (first !== undefined) {
      onPick(first);
    }
  };
  return (
    <div class="file-picker">
      <input
        id={id}
        class="file-picker-input"
        type="file"
        accept={accept}
        onChange={(event) => take(event.currentTarget.files)}
      />
      <label class="file-picker-label" for={id}>
        <Icon path={moreIcons.file} />
        <span class="file-picker-name">
          <span class="unseen">{label}: </span>
          <bdi>{file?.name ?? `Choose the ${label.toLowerCase()}…`}</bdi>
        </span>
      </label>
    </div>
  );
}
