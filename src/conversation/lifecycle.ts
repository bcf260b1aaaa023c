import {
  endChat,
  endWorkspace,
  ensureChat,
  findChat,
  moveChat,
  reviveWorkspace,
} from '../operations/chats.ts';
import type { Context } from '../operations/context.ts';
import type { Turn } from './turn.ts';

/** What happens to a chat rather than in it: taken note of without a word. False for everything else. */
export async function tookNote(context: Context, { act, chat, hint }: Turn): Promise<boolean> {
  switch (act.kind) {
    case 'joined':
      // A chat we know comes back; of one we do not know nothing is kept until it asks for something.
      if ((await findChat(context, chat)) !== null) await ensureChat(context, chat, hint);
      return true;
    case 'left':
      await endChat(context, chat, act.because);
      return true;
    case 'moved':
      await moveChat(context, chat, act.to);
      return true;
    case 'workspace_ended':
      await endWorkspace(context, chat.platform, chat.workspace, act.because);
      return true;
    case 'workspace_joined':
      await reviveWorkspace(context, chat.platform, chat.workspace);
      return true;
    default:
      return false;
  }
}
