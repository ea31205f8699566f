import type { Plugin } from 'vite';

/**
 * Gives an importer a copy of a module for itself. A module lies in one file, with all that any part
 * of the program uses of it: what one part alone uses, which is loaded when it is needed, would
 * lie where the module is used first. In a copy is what its importer uses.
 *
 * @param copied addresses of modules as they are imported, each with the end of the importer's path
 */
export function apart(copied: readonly (readonly [module: string, importer: RegExp])[]): Plugin {
  return {
    name: 'quantchat-apart',
    enforce: 'pre',
    apply: 'build',
    async resolveId(source, importer = '') {
      if (!copied.some(([module, by]) => module === source && by.test(importer))) {
        return null;
      }
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      return resolved && { ...resolved, id: `${resolved.id}?apart` };
    },
  };
}
