import type { MessageFile } from '../../../engine/api';
import { IconButton } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import * as icons from '../../parts/icons';
import * as moreIcons from '../../parts/moreIcons';
import { Progress } from '../../parts/Spinner';
import { isPicture } from './box';
import type { FilesProps } from './Files';
import { isMoving, stateWords } from './fileState';
import { Picture } from './Picture';
import { safeName } from './save';
import './files.css';

export function FileList({ message, mine, actions }: FilesProps) {
  return (
    <ul class="conv-files" aria-label="Files">
      {message.files.map((file) => (
        <li key={file.number}>
          {isPicture(file) && file.state !== 'gone' ? (
            <Picture message={message} file={file} actions={actions} />
          ) : (
            <FileRow message={message} mine={mine} file={file} actions={actions} />
          )}
        </li>
      ))}
    </ul>
  );
}

function FileRow({ message, file, actions }: FilesProps & { file: MessageFile }) {
  const name = safeName(file.name);
  return (
    <div class={`conv-file${file.state === 'gone' ? ' conv-file-gone' : ''}`}>
      <span class="conv-file-icon">
        <Icon path={file.type.startsWith('image/') ? moreIcons.image : moreIcons.file} size={1.5} />
      </span>
      <span class="conv-file-about">
        <bdi class="conv-file-name">{name}</bdi>
        <span class="conv-file-state">{stateWords(message, file)}</span>
        {isMoving(message, file) && (
          <Progress
            label={`${name}: ${file.state}`}
            {...(file.total > 0 && { value: file.done / file.total })}
          />
        )}
      </span>
      {isMoving(message, file) ? (
        <IconButton
          icon={icons.close}
          label={`Cancel ${name}`}
          onClick={() => actions.cancelFile(message, file.number)}
        />
      ) : (
        file.state !== 'gone' && (
          <IconButton
            icon={icons.download}
            label={`Save ${name}`}
            onClick={() => actions.saveFile(message, file.number)}
          />
        )
      )}
    </div>
  );
}
