import type {Answer, ClientConnection} from '../../protocol/client-connection.ts';
import {backquoted} from '../../sql/values.ts';
import type {Dump} from './frame.ts';

/** CREATE DATABASE and USE. @throws SqlError */
export async function databaseHead(connection: ClientConnection, database: string): Promise<string> {
  const [, create = ''] = await firstRow(connection, `SHOW CREATE DATABASE ${backquoted(database)}`);
  const optional = create.replace('CREATE DATABASE', 'CREATE DATABASE /*!32312 IF NOT EXISTS*/');
  return `\n--\n-- Current Database: ${backquoted(database)}\n--\n\n${optional};\n\nUSE ${backquoted(database)};\n`;
}

/** A table's definition and rows, as far as the options want them. @throws SqlError */
export async function tableDump({connection, options}: Dump, table: string): Promise<string> {
  const [, create = ''] = await firstRow(connection, `SHOW CREATE TABLE ${backquoted(table)}`);
  const structure = options.flags.has('no-create-info')
    ? ''
    : `
--
-- Table structure for table ${backquoted(table)}
--

DROP TABLE IF EXISTS ${backquoted(table)};
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
${create};
/*!40101 SET character_set_client = @saved_cs_client */;
`;
  if (options.flags.has('no-data')) return structure;
  const [rows] = await connection.query(`SELECT * FROM ${backquoted(table)}`);
  return `${structure}
--
-- Dumping data for table ${backquoted(table)}
--

SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT, @@AUTOCOMMIT=0;
LOCK TABLES ${backquoted(table)} WRITE;
/*!40000 ALTER TABLE ${backquoted(table)} DISABLE KEYS */;
${rows ? inserts(table, rows) : ''}/*!40000 ALTER TABLE ${backquoted(table)} ENABLE KEYS */;
UNLOCK TABLES;
COMMIT;
SET AUTOCOMMIT=@OLD_AUTOCOMMIT;
`;
}

function inserts(table: string, answer: Answer): string {
  if (!('rows' in answer) || answer.rows.length === 0) return '';
  const rows = answer.rows.map(
    row =>
      `(${row.map((value, index) => literal(value, answer.columns[index]?.isNumber ?? false)).join(',')})`,
  );
  return `INSERT INTO ${backquoted(table)} VALUES\n${rows.join(',\n')};\n`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\x1a': '\\Z',
  '"': '\\"',
};

function literal(value: string | null, isNumber: boolean): string {
  if (value === null) return 'NULL';
  return isNumber ? value : `'${[...value].map(char => escapes[char] ?? char).join('')}'`;
}

/** A view's definition. @throws SqlError */
export async function viewDump(connection: ClientConnection, view: string): Promise<string> {
  const [, create = ''] = await firstRow(connection, `SHOW CREATE VIEW ${backquoted(view)}`);
  return `
--
-- Final view structure for view ${backquoted(view)}
--

/*!50001 DROP VIEW IF EXISTS ${backquoted(view)}*/;
/*!50001 ${create} */;
`;
}

async function firstRow(connection: ClientConnection, sql: string): Promise<string[]> {
  const [answer] = await connection.query(sql);
  return answer && 'rows' in answer ? (answer.rows[0] ?? []).map(value => value ?? '') : [];
}
