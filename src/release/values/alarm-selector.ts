/** Selects alarms for a release: one by its name or its ARN (`arn:…`), or all whose names begin with a prefix. */
export type AlarmSelector = string | { prefix: string }
