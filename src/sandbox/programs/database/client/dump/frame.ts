import type {ProcessContext} from '../../../program.ts';
import type {Flavour} from '../../flavour.ts';
import type {ClientConnection} from '../../protocol/client-connection.ts';
import type {ClientOptions} from '../options.ts';

/** A dump in the middle of its work. */
export interface Dump {
  context: ProcessContext;
  flavour: Flavour;
  options: ClientOptions;
  connection: ClientConnection;
  program: string;
}

/** What stands before everything. @param database the first one that is dumped */
export function head({flavour, options}: Dump, database: string): string {
  const mariadb = flavour.name === 'mariadb';
  const first = mariadb
    ? '/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.8.6-MariaDB, for debian-linux-gnu (x86_64)\n'
    : '-- MySQL dump 10.13  Distrib 9.7.4, for Linux (x86_64)\n';
  return `${first}--
-- Host: ${options.host ?? 'localhost'}    Database: ${options.flags.has('all-databases') ? '' : database}
-- ------------------------------------------------------
-- Server version\t${flavour.version}

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
${mariadb ? '/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */' : '/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */'};
`;
}

/** What stands behind everything. @param now as the dump writes it */
export function foot(flavour: Flavour, now: string): string {
  const last =
    flavour.name === 'mariadb'
      ? '/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY */'
      : '/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */';
  return `/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
${last};

-- Dump completed on ${now}
`;
}
