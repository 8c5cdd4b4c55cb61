/** The parts of the deal screens that other screens use. */
export { CloseDate, dealName } from './deal-cells.tsx';
