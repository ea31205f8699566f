/** Levels of a value that is read; deeper ones are no JSON. */
const DEEPEST = 1000;

/** JSON in ASCII alone; digests are made over it. */
export function asciiJson(value: unknown): string {
  // Hexadecimal digits in upper case, as the Java client writes them.
  return JSON.stringify(value).replace(/\\(?:u[0-9a-f]{4}|.)|[\x80-\uffff]/g, (found) => {
    if (found.startsWith('\\')) {
      return found.startsWith('\\u') ? `\\u${found.slice(2).toUpperCase()}` : found;
    }
    return `\\u${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** JSON as it stands in a line: texts are as they are, but for what JSON itself escapes. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/\\(?:u([0-9a-f]{4})|.)/g, (found, code?: string) => {
    if (code === undefined) {
      return found;
    }
    const unit = Number.parseInt(code, 16);
    return unit < 0x20 ? `\\u${code.toUpperCase()}` : String.fromCharCode(unit);
  });
}

/** Reads a value; undefined where it is no JSON, or has a name twice in an object. */
export function readJson(json: string): unknown {
  try {
    // Its own syntax is checked first; what follows sees to names and depth.
    JSON.parse(json);
    return new StrictReader(json).read();
  } catch (e) {
    if (e instanceof SyntaxError) {
      return undefined;
    }
    throw e;
  }
}

/** Reads what is known to be JSON, but for names that are there twice, and values too deep. */
class StrictReader {
  readonly #json: string;
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  read(): unknown {
    return this.#value(0);
  }

  #value(depth: number): unknown {
    this.#skip();
    const first = this.#json.charAt(this.#at);
    if (first === '{' || first === '[') {
      if (depth === DEEPEST) {
        throw new SyntaxError('It is too deep');
      }
      this.#at++;
      return first === '{' ? this.#object(depth + 1) : this.#array(depth + 1);
    }
    return JSON.parse(this.#token());
  }

  #object(depth: number): unknown {
    const members = new Map<string, unknown>();
    while (!this.#ends('}')) {
      const name = JSON.parse(this.#token());
      if (members.has(name)) {
        throw new SyntaxError('A name is there twice');
      }
      this.#skip();
      this.#at++;
      members.set(name, this.#value(depth));
    }
    // Also a name that means something to JavaScript is a name.
    return Object.fromEntries(members);
  }

  #array(depth: number): unknown {
    const values: unknown[] = [];
    while (!this.#ends(']')) {
      values.push(this.#value(depth));
    }
    return values;
  }

  /** Whether an object or array ends here; if not, the next member begins. */
  #ends(mark: string): boolean {
    this.#skip();
    if (this.#json.charAt(this.#at) === ',') {
      this.#at++;
      this.#skip();
    }
    if (this.#json.charAt(this.#at) !== mark) {
      return false;
    }
    this.#at++;
    return true;
  }

  /** A string, a number, or a word. */
  #token(): string {
    const from = this.#at;
    if (this.#json.charAt(from) === '"') {
      this.#at++;
      while (this.#json.charAt(this.#at) !== '"') {
        this.#at += this.#json.charAt(this.#at) === '\\' ? 2 : 1;
      }
      this.#at++;
    } else {
      const word = /[^\s,:[\]{}"]+/y;
      word.lastIndex = from;
      this.#at += word.exec(this.#json)?.[0].length ?? 0;
    }
    return this.#json.slice(from, this.#at);
  }

  #skip(): void {
    while (' \t\n\r'.includes(this.#json.charAt(this.#at)) && this.#at < this.#json.length) {
      this.#at++;
    }
  }
}
