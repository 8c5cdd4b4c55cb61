import { ConfirmDanger } from '../../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../../ui/feedback/toast.tsx';
import type { SavedView, useViews } from '../../api/get-views.ts';
import { ViewDialog } from './view-dialog.tsx';

/** The dialog that is open: create, edit or remove a view. */
export type Dialog = { kind: 'new' } | { kind: 'edit' | 'remove'; view: SavedView };

interface Props {
  dialog: Dialog;
  /** The filters that a new view saves. */
  query: string;
  actions: Pick<ReturnType<typeof useViews>, 'add' | 'change' | 'remove'>;
  onAdded: (view: SavedView) => void;
  onRemoved: (view: SavedView) => void;
  onClose: () => void;
}

/** The dialogs about saved views; mount them only while one is open. */
export function ViewDialogs({ dialog, query, actions, onAdded, onRemoved, onClose }: Props) {
  const removing = dialog.kind === 'remove' ? dialog.view : undefined;
  return (
    <>
      {dialog.kind !== 'remove' && (
        <ViewDialog
          view={dialog.kind === 'edit' ? dialog.view : undefined}
          onClose={onClose}
          onSave={async ({ name, audience }) => {
            const kept =
              dialog.kind === 'edit'
                ? await actions.change(dialog.view.id, { name, audience })
                : await actions.add({ name, audience, query });
            if (!kept) return;
            onClose();
            toast.done(`${kept.name} saved`);
            if (dialog.kind === 'new') onAdded(kept);
          }}
        />
      )}
      <ConfirmDanger
        opened={removing !== undefined}
        title="Delete this view?"
        action="Delete view"
        onClose={onClose}
        onConfirm={async () => {
          const removed = removing && (await actions.remove(removing.id));
          onClose();
          if (removed) onRemoved(removing);
        }}
      >
        {`${removing?.name ?? ''} will be deleted for everyone who can see it. The leads are not affected.`}
      </ConfirmDanger>
    </>
  );
}
