import type { Message } from '../../../engine/api';
import { later } from '../../later';
import type { RowActions } from '../list/MessageRow';
import { box, isPicture } from './box';

export interface FilesProps {
  message: Message;
  mine: boolean;
  actions: Pick<RowActions, 'openFile' | 'saveFile' | 'cancelFile' | 'file'>;
}

/** The files of a message. Their boxes are there before what draws them is loaded. */
export const Files = later<FilesProps>(
  () => import('./FileList').then((part) => part.FileList),
  ({ message }) => (
    <div class="conv-files">
      {message.files.map((file) =>
        isPicture(file) ? (
          <div key={file.number} class="conv-picture" style={pictureBox(file)} />
        ) : (
          <div key={file.number} class="conv-file" />
        ),
      )}
    </div>
  ),
);

/** As wide as it may be, as high as its shape then says. */
export function pictureBox(file: { width?: number; height?: number }) {
  const { width, height } = box(file);
  return { inlineSize: `${width}px`, aspectRatio: `${width} / ${height}` };
}
