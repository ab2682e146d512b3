import {beforeAll, beforeEach, describe, expect, test, vi} from 'vitest';
import {SqlError} from '../../../../../src/sandbox/programs/database/errors.ts';
import {mariadb} from '../../../../../src/sandbox/programs/database/flavour.ts';
import {display, type Kind, type Value} from '../../../../../src/sandbox/programs/database/sql/values.ts';
import {openTestSession} from './test-session.ts';

vi.setConfig({testTimeout: 30_000, hookTimeout: 30_000});

let session: Awaited<ReturnType<typeof openTestSession>>;
beforeAll(async () => {
  session = await openTestSession(mariadb);
});
beforeEach(async () => {
  await run('drop database if exists q');
  await run('create database q');
  await run('use q');
});

/** Rows as text, or what was done. */
async function run(sql: string): Promise<string[][] | string> {
  const result = await session.execute(sql);
  if ('affected' in result) return result.info || `${result.affected} affected`;
  return result.rows.map(row => row.map((value, index) => shown(value, result.columns[index]?.kind)));
}

const shown = (value: Value, kind: Kind = {is: 'string'}) => {
  const text = display(value, kind) ?? 'NULL';
  return text instanceof Uint8Array ? Buffer.from(text).toString() : text;
};

async function all(...statements: string[]) {
  for (const statement of statements.slice(0, -1)) await run(statement);
  return run(statements.at(-1) ?? '');
}

const failure = (sql: string) =>
  session.execute(sql).then(
    () => 'no error',
    (error: unknown) =>
      error instanceof SqlError ? `${error.number} (${error.state}): ${error.message}` : error,
  );

// what MariaDB 11.8.6 answers
test.each([
  ["'5'+1, 1+null, 10/4, 10 % 3, 7 div 2, 2*1.50, 1/0", '6 NULL 2.5000 1 3 3.00 NULL'],
  [
    'round(2.567,2), round(2.5), floor(2.7), ceil(2.1), mod(5,3), pow(2,3), truncate(2.567,1)',
    '2.57 3 2 3 2 8 2.5',
  ],
  [
    '1=1, 1<>2, not 1, 1 and 0, 1 or 0, 1 xor 1, null <=> null, 5 between 1 and 10, 5 in (1,5)',
    '1 1 0 0 1 0 1 1 1',
  ],
  ["'abc' like 'A%', 'a_c' like 'a\\_c', 'abc' not like '%b', 'abc' regexp '^a'", '1 1 1 1'],
  ["case 1 when 1 then 'one' else 'x' end, if(1>0,'y','n'), ifnull(null,1), coalesce(null,2)", 'one y 1 2'],
  ["concat('a',1,'b'), concat_ws(',','a',null,'b'), left('hello',2), right('hello',2)", 'a1b a,b he lo'],
  [
    "lpad('5',3,'0'), substring('hello',2,3), substring_index('a.b.c','.',2), position('c' in 'abc')",
    '005 ell a.b 3',
  ],
  [
    "upper('ä'), length('ä'), char_length('ä'), format(12345.678,2), hex('a'), md5('a')",
    'Ä 2 1 12,345.68 61 0cc175b9c0f1b6a831c399e269772661',
  ],
  [
    "date_add('2024-01-31', interval 1 month), '2024-01-01' + interval 1 day, datediff('2024-01-05','2024-01-01')",
    '2024-02-29 2024-01-02 4',
  ],
  [
    "date_format('2024-02-03 04:05:06','%d.%m.%Y %W %p'), str_to_date('01,5,2013','%d,%m,%Y')",
    '03.02.2024 Saturday AM 2013-05-01',
  ],
  [
    "timestampdiff(hour,'2024-01-01','2024-01-02'), extract(year from '2024-05-06'), week('2024-05-06')",
    '24 2024 18',
  ],
  [
    "cast('5.5' as decimal(5,2)), cast('5' as unsigned), cast('2024-01-01' as datetime), convert(5, char)",
    '5.50 5 2024-01-01 00:00:00 5',
  ],
  ["'it''s', \"it's\", 'a\\'b', 'a' 'b', 0x41, x'4142', b'1000001'", "it's it's a'b ab A AB A"],
  ['(select 1), exists(select 1 from dual where 1=0), 5&3, 5|3, 5^3, 1<<3', '1 0 1 7 6 8'],
])('select %s', async (expressions, expected) => {
  const [row] = (await run(`select ${expressions}`)) as string[][];
  expect(row?.join(' ')).toBe(expected);
});

describe('tables', () => {
  const create =
    "create table t (id int auto_increment primary key, name varchar(20) not null default 'x', d decimal(6,2), " +
    "ts timestamp default current_timestamp, b boolean, e enum('a','b'), unique key nn (name)) engine=InnoDB";

  test('are described as they were declared', async () => {
    await run(create);
    expect(await run('describe t')).toEqual([
      ['id', 'int(11)', 'NO', 'PRI', 'NULL', 'auto_increment'],
      ['name', 'varchar(20)', 'NO', 'UNI', 'x', ''],
      ['d', 'decimal(6,2)', 'YES', '', 'NULL', ''],
      ['ts', 'timestamp', 'YES', '', 'current_timestamp()', ''],
      ['b', 'tinyint(1)', 'YES', '', 'NULL', ''],
      ['e', "enum('a','b')", 'YES', '', 'NULL', ''],
    ]);
    expect(await run('show create table t')).toEqual([
      [
        't',
        'CREATE TABLE `t` (\n  `id` int(11) NOT NULL AUTO_INCREMENT,\n' +
          "  `name` varchar(20) NOT NULL DEFAULT 'x',\n  `d` decimal(6,2) DEFAULT NULL,\n" +
          '  `ts` timestamp NULL DEFAULT current_timestamp(),\n  `b` tinyint(1) DEFAULT NULL,\n' +
          "  `e` enum('a','b') DEFAULT NULL,\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `nn` (`name`)\n" +
          ') ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci',
      ],
    ]);
  });

  test('take what SHOW CREATE TABLE says', async () => {
    await run(create);
    const [[, text = ''] = []] = (await run('show create table t')) as string[][];
    await all('drop table t', text);
    expect(await run('show create table t')).toEqual([['t', text]]);
  });

  test('are altered and keep their rows', async () => {
    await all(create, "insert into t (name, d) values ('a', 1.5), ('b', 2)");
    await run(
      'alter table t add column z int not null default 7 after id, drop column e, change name title varchar(40), add index (d)',
    );
    expect(await run('select id, z, title, d from t')).toEqual([
      ['1', '7', 'a', '1.50'],
      ['2', '7', 'b', '2.00'],
    ]);
    await all(
      'alter table t modify d bigint',
      'rename table t to u',
      'alter table u rename column title to name',
    );
    expect(await run('select name, d from u order by id desc limit 1')).toEqual([['b', '2']]);
    expect(await failure('select * from t')).toBe("1146 (42S02): Table 'q.t' doesn't exist");
  });

  test('refer to each other', async () => {
    await all(
      create,
      'create table u (id int, t_id int, foreign key (t_id) references t(id) on delete cascade)',
    );
    expect(await failure('insert into u values (1, 77)')).toBe(
      '1452 (23000): Cannot add or update a child row: a foreign key constraint fails (`q`.`u`, CONSTRAINT ' +
        '`u_ibfk_1` FOREIGN KEY (`t_id`) REFERENCES `t` (`id`) ON DELETE CASCADE)',
    );
    expect(await failure('drop table t')).toMatch(/^1451 \(23000\)/);
    await all("insert into t (name) values ('a')", 'insert into u values (1, 1)', 'delete from t');
    expect(await run('select count(*) from u')).toEqual([['0']]);
  });

  test('are copied, viewed and emptied', async () => {
    await all(create, "insert into t (name) values ('a'), ('b')");
    await all(
      'create table c like t',
      'insert into c select * from t',
      'create table s as select name, d from t',
    );
    expect(await run('show tables')).toEqual([['c'], ['s'], ['t']]);
    await all('create view v as select name from c where id > 1', "insert into c (name) values ('z')");
    expect(await run('select * from v')).toEqual([['b'], ['z']]);
    await all('truncate table c', "insert into c (name) values ('again')");
    expect(await run('select id from c')).toEqual([['1']]);
  });

  test('are listed in information_schema', async () => {
    await all(create, "insert into t (name) values ('a')");
    expect(
      await run(
        "select table_name, engine, table_rows from information_schema.tables where table_schema='q'",
      ),
    ).toEqual([['t', 'InnoDB', '1']]);
    expect(
      await run(
        "select column_name, column_type, column_key from information_schema.columns where table_name='t' limit 2",
      ),
    ).toEqual([
      ['id', 'int(11)', 'PRI'],
      ['name', 'varchar(20)', 'UNI'],
    ]);
  });
});

describe('rows', () => {
  beforeEach(() =>
    all(
      'create table t (id int auto_increment primary key, name varchar(20) unique, n int)',
      "insert into t (name, n) values ('a', 1), ('b', 2)",
    ),
  );

  test('are inserted in every form', async () => {
    expect(await run("insert into t (name) values ('c'), ('d')")).toBe(
      'Records: 2  Duplicates: 0  Warnings: 0',
    );
    expect(await run("insert into t set name = 'e', n = default")).toBe('1 affected');
    expect(await run('select last_insert_id(), row_count()')).toEqual([['5', '1']]);
    expect(
      await run("insert into t (name, n) values ('a', 10) on duplicate key update n = n + values(n)"),
    ).toBe('2 affected');
    expect(await run("replace into t (id, name) values (2, 'B')")).toBe('2 affected');
    expect(await run("insert ignore into t (name) values ('a')")).toBe('0 affected');
    expect(await run('show warnings')).toEqual([['Warning', '1062', "Duplicate entry 'a' for key 'name'"]]);
    expect(await run('select name, n from t order by id')).toEqual([
      ['a', '11'],
      ['B', 'NULL'],
      ['c', 'NULL'],
      ['d', 'NULL'],
      ['e', 'NULL'],
    ]);
  });

  test('are updated and deleted, and counted as they change', async () => {
    expect(await run('update t set n = 2')).toBe('Rows matched: 2  Changed: 1  Warnings: 0');
    expect(await run('update t a join t b on a.id = b.id + 1 set a.n = b.n * 10')).toBe(
      'Rows matched: 1  Changed: 1  Warnings: 0',
    );
    expect(await run('select n from t')).toEqual([['2'], ['20']]);
    expect(await run('delete from t order by id desc limit 1')).toBe('1 affected');
    expect(await run('delete from t where id = 99')).toBe('0 affected');
  });

  test('are joined, grouped and sorted', async () => {
    await all(
      'create table o (t_id int, price decimal(8,2))',
      'insert into o values (1, 2.5), (1, 1), (2, 4)',
    );
    expect(
      await run(
        'select t.name, count(*) c, sum(price), avg(price), group_concat(price order by price separator ";") from t ' +
          'left join o on o.t_id = t.id group by t.id having c > 0 order by 3 desc',
      ),
    ).toEqual([
      ['b', '1', '4.00', '4.000000', '4'],
      ['a', '2', '3.50', '1.750000', '1;2.5'],
    ]);
    expect(
      await run('with recursive c as (select 1 n union all select n+1 from c where n<3) select * from c'),
    ).toEqual([['1'], ['2'], ['3']]);
    expect(await run('select name, row_number() over (order by id desc) r from t order by id')).toEqual([
      ['a', '2'],
      ['b', '1'],
    ]);
    expect(await run('(select 1) union all (select 2) order by 1 desc limit 1')).toEqual([['2']]);
    expect(await run('select * from t having n = 2')).toEqual([['2', 'b', '2']]);
  });

  test('are found without regard to case', async () => {
    expect(await run("select id from t where name = 'A'")).toEqual([['1']]);
  });

  test('come back after a rollback, also to a savepoint', async () => {
    await all('begin', 'delete from t where id = 1', 'savepoint s', 'delete from t', 'rollback to s');
    expect(await run('select id from t')).toEqual([['2']]);
    await run('rollback');
    expect(await run('select id from t')).toEqual([['1'], ['2']]);
    await all('set autocommit=0', 'delete from t', 'rollback', 'set autocommit=1');
    expect(await run('select count(*) from t')).toEqual([['2']]);
  });

  test('stay as they were when a statement fails half-way', async () => {
    expect(await failure("insert into t (name) values ('new'), ('a')")).toMatch(/^1062/);
    expect(await run('select count(*) from t')).toEqual([['2']]);
  });
});

describe('errors', () => {
  beforeEach(() =>
    all('create table t (id int primary key, name varchar(3) not null, e enum("a"), d decimal(4,2))'),
  );
  const near =
    'You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near';

  test.each([
    ['selec 1', `1064 (42000): ${near} 'selec 1' at line 1`],
    ['select * fro t', `1064 (42000): ${near} 'fro t' at line 1`],
    ['select * from t where', `1064 (42000): ${near} '' at line 1`],
    ['select\n  1 +\n from', `1064 (42000): ${near} 'from' at line 3`],
    ['use nope', "1049 (42000): Unknown database 'nope'"],
    ['create database q', "1007 (HY000): Can't create database 'q'; database exists"],
    ['drop database nope', "1008 (HY000): Can't drop database 'nope'; database doesn't exist"],
    ['create table t (a int)', "1050 (42S01): Table 't' already exists"],
    ['drop table nope', "1051 (42S02): Unknown table 'q.nope'"],
    ['select * from nope', "1146 (42S02): Table 'q.nope' doesn't exist"],
    ['select nope from t', "1054 (42S22): Unknown column 'nope' in 'SELECT'"],
    ['select * from t where nope=1', "1054 (42S22): Unknown column 'nope' in 'WHERE'"],
    ['select a.id from t', "1054 (42S22): Unknown column 'a.id' in 'SELECT'"],
    ['update t set nope=1', "1054 (42S22): Unknown column 'nope' in 'SET'"],
    ['select id from t a, t b', "1052 (23000): Column 'id' in SELECT is ambiguous"],
    ['select nofunc(1)', '1305 (42000): FUNCTION q.nofunc does not exist'],
    ['insert into t values (1)', "1136 (21S01): Column count doesn't match value count at row 1"],
    ['insert into t (id) values (1)', "1364 (HY000): Field 'name' doesn't have a default value"],
    ['insert into t (id,name) values (1,null)', "1048 (23000): Column 'name' cannot be null"],
    ["insert into t (id,name) values (1,'long')", "1406 (22001): Data too long for column 'name' at row 1"],
    [
      "insert into t (id,name) values ('x','a')",
      "1366 (22007): Incorrect integer value: 'x' for column `q`.`t`.`id` at row 1",
    ],
    ["insert into t values (1,'a','z',1)", "1265 (01000): Data truncated for column 'e' at row 1"],
    ["insert into t values (1,'a','a',123)", "1264 (22003): Out of range value for column 'd' at row 1"],
    ['alter table t drop column nope', "1091 (42000): Can't DROP COLUMN `nope`; check that it exists"],
    ['create table u (a int, a int)', "1060 (42S21): Duplicate column name 'a'"],
    ['create table u (a nosuch)', "4161 (HY000): Unknown data type: 'nosuch'"],
    ['set @@nosuch = 1', "1193 (HY000): Unknown system variable 'nosuch'"],
    ['kill 99', '1094 (HY000): Unknown thread id: 99'],
    ['call nope()', '1305 (42000): PROCEDURE q.nope does not exist'],
    ['select * from t, t', "1066 (42000): Not unique table/alias: 't'"],
  ])('%s', async (sql, expected) => {
    expect(await failure(sql)).toBe(expected);
  });

  test('without strict mode, a value is made to fit, with a warning', async () => {
    await run("set sql_mode=''");
    await run("insert into t (id, name) values (1, 'long')");
    expect(await run('show warnings')).toEqual([
      ['Warning', '1406', "Data too long for column 'name' at row 1"],
    ]);
    expect(await run('select name from t')).toEqual([['lon']]);
    await run('set sql_mode=default');
  });
});

test('variables, comments for other versions and prepared statements', async () => {
  await run("set @a = 5, @b = 'x'");
  expect(await run('select @a, @B, @none')).toEqual([['5', 'x', 'NULL']]);
  expect(await run('select @@port, @@global.max_connections, @@version')).toEqual([
    ['3306', '151', mariadb.version],
  ]);
  expect(await run('/*!40101 SET NAMES utf8 */')).toBe('0 affected');
  expect(await run('/*!999999 nonsense */')).toBe('0 affected');
  expect(await run('select 1 /*!100000 + 1 */ /* no */ -- end')).toEqual([['2']]);
  await all("prepare s from 'select ? + 1'", 'set @x = 41');
  expect(await run('execute s using @x')).toEqual([['42']]);
});
