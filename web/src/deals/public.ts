/** What other screens show of deals. */
export { CloseDate, dealName, Stage, todayIn } from './deal-cells.tsx';
export { DealList } from './deal-list.tsx';
export { NewDeal } from './new-deal.tsx';
