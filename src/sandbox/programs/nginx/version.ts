/** The release of nginx that this is. */
export const version = '1.26.3';
