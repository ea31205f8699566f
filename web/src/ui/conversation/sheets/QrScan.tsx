import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import * as moreIcons from '../../parts/moreIcons';
import { bytesIn, type Pixels } from './qrBytes';

export interface QrScanProps {
  onScanned: (bytes: Uint8Array) => void;
}

/** Looks at the camera so often, in milliseconds. */
const EVERY = 200;

/** Larger pictures are read smaller. */
const MOST_SIDE = 1_280;

/** Reads a code from the camera, or from a picture of it. */
export function QrScan({ onScanned }: QrScanProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [scanning, setScanning] = useState(false);
  const [fault, setFault] = useState<string>();
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    setFault(undefined);
    const bytes = await createImageBitmap(file).then(
      (picture) => bytesIn(pixelsOf(picture, picture.width, picture.height)),
      () => undefined,
    );
    if (bytes) onScanned(bytes);
    else
      setFault('There is no code to be read in this picture. Take one with all of the code in it.');
  };
  return (
    <div class="scan">
      {scanning && (
        <Camera
          onScanned={(bytes) => {
            setScanning(false);
            onScanned(bytes);
          }}
          onFault={(words) => {
            setScanning(false);
            setFault(words);
          }}
        />
      )}
      <div class="scan-choices">
        <Button
          icon={moreIcons.camera}
          onClick={() => {
            setFault(undefined);
            setScanning(!scanning);
          }}
        >
          {scanning ? 'Stop the camera' : 'Scan their code'}
        </Button>
        <Button icon={moreIcons.image} onClick={() => picker.current?.click()}>
          Read a picture
        </Button>
        <input
          ref={picker}
          type="file"
          accept="image/*"
          hidden
          onChange={(event) => {
            void readFile(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {fault !== undefined && (
        <p class="scan-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface CameraProps extends QrScanProps {
  onFault: (words: string) => void;
}

function Camera({ onScanned, onFault }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    let ended = false;
    const look = () => {
      const shown = video.current;
      if (!shown || shown.readyState < shown.HAVE_CURRENT_DATA) return;
      const bytes = bytesIn(pixelsOf(shown, shown.videoWidth, shown.videoHeight));
      if (bytes) onScanned(bytes);
    };
    const begin = async () => {
      // Absent where the page came by plain HTTP from another computer.
      if (!navigator.mediaDevices) throw new DOMException('', 'NotFoundError');
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (ended || !video.current) {
        stop();
        return;
      }
      video.current.srcObject = stream;
      await video.current.play();
      timer = setInterval(look, EVERY);
    };
    const stop = () => {
      ended = true;
      clearInterval(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    begin().catch((e: unknown) => {
      if (ended) return;
      stop();
      onFault(
        e instanceof DOMException && e.name === 'NotAllowedError'
          ? 'The browser doesn’t let this page use the camera. Allow it, or read a picture of the code.'
          : 'No camera can be used here. Read a picture of the code, or compare the digits.',
      );
    });
    return stop;
  }, []);
  return (
    <video ref={video} class="scan-video" muted playsInline aria-label="What the camera sees" />
  );
}

function pixelsOf(source: CanvasImageSource, width: number, height: number): Pixels {
  const scale = Math.min(1, MOST_SIDE / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { width: 0, height: 0, data: new Uint8ClampedArray() };
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
