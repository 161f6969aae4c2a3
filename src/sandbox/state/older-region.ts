/** Where logs, metrics and alarms of a state belong that an older sandbox kept, whose Regions shared them. */
export const regionOfOlder = 'eu-west-1'
