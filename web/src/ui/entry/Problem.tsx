import { Notice } from '../parts/EmptyState';
import * as icons from '../parts/icons';

/** What went wrong with what a form was to do, over its button; read out when it comes. */
export function Problem({ error }: { error: string | undefined }) {
  return error === undefined ? null : (
    <div role="alert">
      <Notice kind="danger" icon={icons.alert}>
        <p dir="auto">{error}</p>
      </Notice>
    </div>
  );
}
