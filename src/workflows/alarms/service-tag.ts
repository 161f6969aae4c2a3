/** The tag of the alarms that `alarms ensure` made; its value is the service whose file wants them. */
export const serviceTag = 'lambdactl:service'
