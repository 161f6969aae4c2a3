/** US dollars: `$5.00`, and with more digits below a dollar, as in `$0.0042`. */
export function dollars(amount: number): string {
  if (amount === 0 || amount >= 1) return `$${grouped(amount, 2)}`
  return amount < 0.00005 ? '< $0.0001' : `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`
}

function grouped(amount: number, digits: number): string {
  return amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
