/** just-bash's commands that are programs of their own in a Linux image. */
export const toolNames: readonly string[] =
  `awk base64 basename cat chmod column comm cp cut date df diff dirname du
echo egrep expand expr false fgrep file find fold grep gunzip gzip hostname join ln md5sum mkdir mktemp mv nl
od paste printf pwd readlink realpath rev rm rmdir sed seq sha1sum sha256sum sort split stat strings tac
tee test touch tr true unexpand uniq wc which xargs zcat`.split(/\s+/);
