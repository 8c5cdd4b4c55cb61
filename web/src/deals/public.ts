/** What other screens show of deals. */
export { CloseDate, dealName } from './deal-cells.tsx';
