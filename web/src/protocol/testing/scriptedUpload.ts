/** An upload whose other end a test holds. */
export class ScriptedUpload {
  static made: ScriptedUpload[] = [];

  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null } = {
    onprogress: null,
  };
  readonly headers: Record<string, string> = {};
  method = '';
  url = '';
  body: Blob | undefined;
  status = 0;
  isAborted = false;
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;

  constructor() {
    ScriptedUpload.made.push(this);
  }

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  send(body: Blob): void {
    this.body = body;
  }

  abort(): void {
    this.isAborted = true;
    this.onabort?.();
  }

  moves(loaded: number): void {
    this.upload.onprogress?.({ loaded });
  }

  answers(status: number): void {
    this.status = status;
    this.onload?.();
  }

  breaks(): void {
    this.onerror?.();
  }
}

/** For what asks for a browser's. */
export const scriptedXMLHttpRequest = ScriptedUpload as unknown as new () => XMLHttpRequest;
