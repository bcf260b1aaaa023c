import { eachDatabase, emptiedStores } from '../support/databases.ts';
import { findsAudiences } from './store-audience.ts';
import { keepsChats } from './store-chats.ts';
import { conservesDeliveries } from './store-conservation.ts';
import { keepsDoors } from './store-doors.ts';
import { keepsFacts } from './store-facts.ts';
import { keepsOutbox } from './store-outbox.ts';
import { clock } from './store-samples.ts';
import { keepsTransactions } from './store-transactions.ts';

eachDatabase('the store', (kind) => {
  const next = emptiedStores(kind, clock);
  const open = async () => (await next()).store;
  keepsFacts(open);
  keepsChats(open);
  keepsDoors(open);
  findsAudiences(open);
  keepsOutbox(open);
  keepsTransactions(open);
  // The rule is one; PostgreSQL only takes longer to show it.
  conservesDeliveries(open, kind === 'sqlite' ? 40 : 15);
});
