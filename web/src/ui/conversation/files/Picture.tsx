import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message, MessageFile } from '../../../engine/api';
import { IconButton } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import * as icons from '../../parts/icons';
import * as moreIcons from '../../parts/moreIcons';
import { Progress } from '../../parts/Spinner';
import { blurhashPixels } from './blurhash';
import { safeType } from './box';
import { type FilesProps, pictureBox } from './Files';
import { isMoving, stateWords } from './fileState';
import { useObjectUrl } from './objectUrl';
import { safeName } from './save';

/** Larger ones are decoded in the viewer only: a list of them would take all memory. */
const MOST_PIXELS = 24_000_000;

export interface PictureProps extends Pick<FilesProps, 'message' | 'actions'> {
  file: MessageFile;
}

/** A picture in the list: blurred, then small, then whole, all in the same box. */
export function Picture({ message, file, actions }: PictureProps) {
  const name = safeName(file.name);
  const place = useRef<HTMLDivElement>(null);
  const [whole, setWhole] = useState<Blob>();
  const [broken, setBroken] = useState(false);
  const thumbnail = useObjectUrl(file.thumbnail);
  const picture = useObjectUrl(whole);
  const isHere = file.state === 'here' || file.state === 'sent' || file.state === 'uploading';
  const isShown = isHere && (file.width ?? 0) * (file.height ?? 0) <= MOST_PIXELS;

  useEffect(() => {
    if (!isShown || !place.current) return;
    return whenNear(place.current, () =>
      readPicture(message, file, actions).then(setWhole, () => setBroken(true)),
    );
  }, [isShown]);

  return (
    <div class="conv-picture" ref={place} style={pictureBox(file)}>
      {file.blurhash !== undefined && !thumbnail && <Blurred hash={file.blurhash} />}
      {thumbnail !== undefined && <img src={thumbnail} alt="" />}
      {picture !== undefined && !broken && (
        <img src={picture} alt="" onError={() => setBroken(true)} />
      )}
      <button
        type="button"
        class="conv-picture-open"
        aria-label={`Picture ${name}, ${stateWords(message, file)}. Open`}
        onClick={() => actions.openFile(message, file.number)}
      >
        {(broken || file.state === 'on_server') && (
          <span class="conv-picture-note">
            <Icon path={broken ? moreIcons.image : icons.download} />
            {broken ? name : stateWords(message, file)}
          </span>
        )}
      </button>
      {isMoving(message, file) && (
        <div class="conv-picture-way">
          <Progress
            label={`${name}: ${file.state}`}
            {...(file.total > 0 && { value: file.done / file.total })}
          />
          <IconButton
            icon={icons.close}
            label={`Cancel ${name}`}
            onClick={() => actions.cancelFile(message, file.number)}
          />
        </div>
      )}
    </div>
  );
}

/** The bytes of a picture, under a type that a browser shows as one and nothing else. */
export async function readPicture(
  message: Message,
  file: MessageFile,
  actions: FilesProps['actions'],
): Promise<Blob> {
  return new Blob([await actions.file(message, file.number)], { type: safeType(file.type) });
}

const SIDE = 32;

function Blurred({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pixels = blurhashPixels(hash, SIDE, SIDE);
    if (pixels) canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, SIDE), 0, 0);
  }, [hash]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} />;
}

/** Calls once the element is in the window or near; what it returns calls it off. */
function whenNear(element: Element, call: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      call();
    },
    // Its scrolling box is named, for the margin counts for the root alone.
    { root: element.closest('.conv-scroller'), rootMargin: '400px' },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
