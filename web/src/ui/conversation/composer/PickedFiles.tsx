import { IconButton } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import * as icons from '../../parts/icons';
import * as moreIcons from '../../parts/moreIcons';
import { sizeSaid } from '../../sizes';
import { safeType } from '../files/box';
import { useObjectUrl } from '../files/objectUrl';
import type { Picked } from './picked';
import './picked.css';

export interface PickedFilesProps {
  picked: readonly Picked[];
  /** A picture's metadata couldn't be removed: each picture asks whether it goes as it is. */
  askMetadata: boolean;
  onRemove: (id: number) => void;
  onKeepMetadata: (id: number, keep: boolean) => void;
}

/** What goes with the next message. */
export function PickedFiles({ picked, askMetadata, onRemove, onKeepMetadata }: PickedFilesProps) {
  return (
    <ul class="conv-picked" aria-label="Files to send">
      {picked.map(({ id, file, keepMetadata }) => (
        <li key={id} class="conv-picked-file">
          <Preview file={file} />
          <span class="conv-file-about">
            <bdi class="conv-file-name">{file.name}</bdi>
            <span class="conv-file-state">{sizeSaid(file.size)}</span>
            {askMetadata && file.type.startsWith('image/') && (
              <label class="conv-picked-keep">
                <input
                  type="checkbox"
                  checked={keepMetadata}
                  onChange={(event) => onKeepMetadata(id, event.currentTarget.checked)}
                />
                Send with its metadata
              </label>
            )}
          </span>
          <IconButton
            icon={icons.close}
            label={`Remove ${file.name}`}
            onClick={() => onRemove(id)}
          />
        </li>
      ))}
    </ul>
  );
}

function Preview({ file }: { file: File }) {
  const isPicture = safeType(file.type).startsWith('image/');
  const url = useObjectUrl(isPicture ? file : undefined);
  return url === undefined ? (
    <span class="conv-file-icon">
      <Icon path={isPicture ? moreIcons.image : moreIcons.file} size={1.5} />
    </span>
  ) : (
    <img class="conv-picked-picture" src={url} alt="" />
  );
}
