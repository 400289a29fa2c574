/** The clock as a parameter: tests hold it still. */
export type Now = () => Date;

/** The machine's clock. */
export const systemClock: Now = () => new Date();
