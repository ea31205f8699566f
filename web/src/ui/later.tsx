import type { ComponentChild, ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { loader } from './lazy';
import { toast } from './parts/Toast';

/**
 * A part of the screen whose program is loaded when it is first shown. Until then, and where it
 * can't be loaded, `meanwhile` stands in its place.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: (props: P) => ComponentChild = () => null,
) {
  const useLoaded = loader(load);
  return function Later(props: P) {
    const { loaded } = useLoaded();
    const isMissing = loaded === 'failed';
    useEffect(() => {
      if (isMissing) {
        toast({
          text: 'A part of this program couldn’t be loaded. Check the connection and try again.',
          kind: 'error',
        });
      }
    }, [isMissing]);
    return typeof loaded === 'object' ? <loaded.part {...props} /> : meanwhile(props);
  };
}
