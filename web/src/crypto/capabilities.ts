import { require } from './refused';
import { Suite } from './suite';

/** The ability to read all contents, in a bundle's capabilities. */
export const CONTENT_CAPABILITY = 'content-1';
/** The ability to fetch and open files, in a bundle's capabilities. */
export const FILES_CAPABILITY = 'files-1';

const FIELD = 'capabilities';
const FORM = /^[a-z0-9.-]{1,32}$/;

/**
 * The abilities of a program: the `crypto_version` of each suite that it opens, `content-1`,
 * `files-1`, and names that are for programs to come.
 */
export class Capabilities {
  static readonly MOST = 16;

  /** Sorted, each once. */
  readonly names: readonly string[];

  /**
   * Sorts them.
   *
   * @throws {Refused} MISSING, EXTENDED or MALFORMED
   */
  constructor(names: readonly string[]) {
    require(names.length > 0, 'MISSING', FIELD);
    require(names.length <= Capabilities.MOST, 'EXTENDED', FIELD);
    const areWellFormed = names.every((name) => FORM.test(name));
    require(areWellFormed && new Set(names).size === names.length, 'MALFORMED', FIELD);
    this.names = names.toSorted();
  }

  /** Those of a program that opens these suites. */
  static of(...suites: Suite[]): Capabilities {
    return new Capabilities(suites.map((suite) => suite.version));
  }

  /** Those of this program. */
  static ofThisProgram(): Capabilities {
    const suites = Suite.values.map((suite) => suite.version);
    return new Capabilities([...suites, CONTENT_CAPABILITY, FILES_CAPABILITY]);
  }

  include(name: string): boolean {
    return this.names.includes(name);
  }

  /** The strongest suite that both have. */
  bestCommon(other: Capabilities): Suite | undefined {
    return Suite.strongestOf({ names: this.names.filter((name) => other.include(name)) });
  }

  /** Whether such a program reads more than plain texts. */
  readContent(): boolean {
    return this.include(CONTENT_CAPABILITY);
  }

  /** Whether such a program takes files: to another one none is sent. */
  takeFiles(): boolean {
    return this.readContent() && this.include(FILES_CAPABILITY);
  }
}
