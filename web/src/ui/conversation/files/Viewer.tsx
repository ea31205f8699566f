import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message, MessageFile } from '../../../engine/api';
import { detailOf } from '../../errors';
import { IconButton } from '../../parts/Button';
import * as icons from '../../parts/icons';
import * as moreIcons from '../../parts/moreIcons';
import { Spinner } from '../../parts/Spinner';
import { safeType } from './box';
import { useObjectUrl } from './objectUrl';
import { safeName } from './save';
import { moved, WHOLE, type Zoom, zoomed } from './zoom';
import './viewer.css';

export interface Shown {
  message: Message;
  file: MessageFile;
}

export interface ViewerProps {
  /** All that can be leafed through. */
  pictures: readonly Shown[];
  at: number;
  read: (shown: Shown) => Promise<Blob>;
  onSave: (shown: Shown) => void;
  onClose: () => void;
}

const STEP = 1.5;

/** One picture on the whole window. Arrow keys leaf, + and - zoom, 0 shows it whole, Esc closes. */
export function Viewer({ pictures, at, read, onSave, onClose }: ViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const [index, setIndex] = useState(at);
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const [bytes, setBytes] = useState<Blob>();
  const [fault, setFault] = useState<string>();
  const url = useObjectUrl(bytes);
  const shown = pictures[index];

  useLayoutEffect(() => {
    const open = dialog.current;
    open?.showModal();
    return () => open?.close();
  }, []);
  useEffect(() => {
    if (!shown) return;
    let wanted = true;
    setZoom(WHOLE);
    setBytes(undefined);
    setFault(undefined);
    read(shown).then(
      (read) => wanted && setBytes(new Blob([read], { type: safeType(shown.file.type) })),
      (e: unknown) => wanted && setFault(detailOf(e)),
    );
    return () => {
      wanted = false;
    };
  }, [shown?.message.id, shown?.file.number]);

  const fitted = () => ({
    width: image.current?.offsetWidth ?? 0,
    height: image.current?.offsetHeight ?? 0,
  });
  const zoomBy = (factor: number, point = { x: 0, y: 0 }) =>
    setZoom((now) => zoomed(now, factor, point, fitted()));
  const leaf = (by: number) =>
    setIndex((now) => Math.max(0, Math.min(pictures.length - 1, now + by)));
  const onKeyDown = (event: KeyboardEvent) => {
    const act = {
      ArrowLeft: () => leaf(-1),
      ArrowRight: () => leaf(1),
      '+': () => zoomBy(STEP),
      '=': () => zoomBy(STEP),
      '-': () => zoomBy(1 / STEP),
      '0': () => setZoom(WHOLE),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const pointOf = (event: MouseEvent) => ({
    x: event.clientX - window.innerWidth / 2,
    y: event.clientY - window.innerHeight / 2,
  });

  if (!shown) return null;
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={`Picture ${index + 1} of ${pictures.length}: ${safeName(shown.file.name)}`}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header class="viewer-bar">
        <span class="viewer-name">
          <bdi>{safeName(shown.file.name)}</bdi>
          {pictures.length > 1 && ` (${index + 1} of ${pictures.length})`}
        </span>
        <IconButton icon={icons.add} label="Zoom in" onClick={() => zoomBy(STEP)} />
        <IconButton icon="M5 12h14" label="Zoom out" onClick={() => zoomBy(1 / STEP)} />
        <IconButton icon={icons.download} label="Save" onClick={() => onSave(shown)} />
        <IconButton icon={icons.close} label="Close" onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: all of it is done by keys, too */}
      <div
        class={zoom.scale > 1 ? 'viewer-stage viewer-moves' : 'viewer-stage'}
        onWheel={(event) => {
          event.preventDefault();
          zoomBy(2 ** (-event.deltaY / 240), pointOf(event));
        }}
        onDblClick={(event) => (zoom.scale > 1 ? setZoom(WHOLE) : zoomBy(3, pointOf(event)))}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.buttons === 0) return;
          const by = { x: event.movementX, y: event.movementY };
          setZoom((now) => moved(now, by, fitted()));
        }}
      >
        {fault !== undefined && <p class="viewer-fault">{fault}</p>}
        {fault === undefined && url === undefined && <Spinner label="Loading the picture" />}
        {fault === undefined && url !== undefined && (
          <img
            ref={image}
            src={url}
            alt={safeName(shown.file.name)}
            draggable={false}
            style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
            onError={() =>
              setFault('This picture can’t be shown here. Save it to open it elsewhere.')
            }
          />
        )}
      </div>
      {index > 0 && (
        <IconButton
          class="viewer-before"
          icon={icons.back}
          label="Previous picture"
          onClick={() => leaf(-1)}
        />
      )}
      {index < pictures.length - 1 && (
        <IconButton
          class="viewer-after"
          icon={moreIcons.forward}
          label="Next picture"
          onClick={() => leaf(1)}
        />
      )}
    </dialog>
  );
}
