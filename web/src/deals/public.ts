/** The parts of deals that other screens use. */
export { CloseDate, dealName } from './deal-cells.tsx';
