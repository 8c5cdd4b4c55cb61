/** An amount in its currency, without decimals if it is a whole number. */
export function money(amount: number, currency: string, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
    maximumFractionDigits: 2,
    ...options,
  }).format(amount);
}

interface Props {
  amount: number | string | null | undefined;
  currency: string;
  /** Shortened, for sums: `€703K`. */
  short?: boolean;
}

/** An amount of money with aligned digits. */
export function Money({ amount, currency, short = false }: Props) {
  if (amount === null || amount === undefined || amount === '') return <span aria-hidden>—</span>;
  const value = Number(amount);
  const exact = money(value, currency);
  return (
    <span className="tabular" title={short ? exact : undefined}>
      {short
        ? money(value, currency, { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 })
        : exact}
    </span>
  );
}
