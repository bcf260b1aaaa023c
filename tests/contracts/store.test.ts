import { eachDatabase, emptiedStores, openTestDatabase } from '../support/databases.ts';
import { keepsAftermath } from './store-aftermath.ts';
import { findsAudiences } from './store-audience.ts';
import { keepsCampaigns } from './store-campaigns.ts';
import { keepsChats } from './store-chats.ts';
import { conservesDeliveries } from './store-conservation.ts';
import { keepsDesk } from './store-desk.ts';
import { keepsDoors } from './store-doors.ts';
import { keepsFacts } from './store-facts.ts';
import { keepsFanOut } from './store-fan-out.ts';
import { keepsFences } from './store-fences.ts';
import { keepsOutbox } from './store-outbox.ts';
import { keepsQuestions } from './store-questions.ts';
import { clock, lead } from './store-samples.ts';
import { keepsSending } from './store-sending.ts';
import { keepsTransactions } from './store-transactions.ts';

const inMemory = async () =>
  lead((await openTestDatabase({ kind: 'sqlite', path: ':memory:' }, clock)).store);

eachDatabase('the store', (kind) => {
  const next = emptiedStores(kind, clock);
  const open = async () => lead((await next()).store);
  keepsFacts(open);
  keepsChats(open);
  keepsDoors(open);
  keepsDesk(open);
  keepsQuestions(open);
  findsAudiences(open);
  keepsOutbox(open);
  keepsSending(open);
  keepsCampaigns(open);
  keepsFanOut(open);
  keepsFences(open);
  keepsAftermath(open);
  keepsTransactions(open);
  // The rule is one; on a file, or a server, it only takes longer to show.
  if (kind === 'postgres') conservesDeliveries(open, 8);
  else conservesDeliveries(inMemory, 60);
});
