/** How long a look may take, in milliseconds. */
export const lookLimit = 10_000;
