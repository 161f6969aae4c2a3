/** A trigger that differs from the file, in words. */
export interface TriggerDifference {
  /** As in `triggers.orders`. */
  field: `triggers.${string}`
  from: string
  to: string
  does: 'add' | 'change' | 'remove'
}

/** @param trigger its name in the file */
export function addition(trigger: string, to: string): TriggerDifference {
  return { field: `triggers.${trigger}`, from: 'none', to, does: 'add' }
}

export function change(trigger: string, from: string, to: string): TriggerDifference {
  return { field: `triggers.${trigger}`, from, to, does: 'change' }
}

export function removal(trigger: string, from: string): TriggerDifference {
  return { field: `triggers.${trigger}`, from, to: 'none', does: 'remove' }
}
