"""Makes reference/tables: clinical tables written by PSPP, pyreadstat, XlsxWriter, openpyxl and Python's csv, and
expected.json, which says what pyreadstat, openpyxl and csv read from them.

Run:  pip install pyreadstat==1.3.7 openpyxl==3.1.5 xlsxwriter pandas pyarrow   (and Debian's pspp 1.6.2)
      python reference/generate/tables.py
"""
import csv, datetime, io, json, math, pathlib, struct, subprocess, tempfile
import openpyxl, pandas as pd, pyarrow.parquet as pq, pyreadstat, xlsxwriter

OUT = pathlib.Path(__file__).resolve().parent.parent / 'tables'
OUT.mkdir(exist_ok=True)

SYNTAX = r'''
SET LOCALE='C.UTF-8'.
DATA LIST LIST (';') NOTABLE / id (A8) age (F5.1) er (F1.0) a_rather_long_variable_name (F8.2) visit (DATE11) seen (DATETIME20) ki67 (F3.0) note (A300) größe (COMMA9.2) grade (A2) code (A12).
BEGIN DATA
P001;51.5;1;0.1;03-FEB-2021;03-FEB-2021 10:20:30;15;short;1.5;G1;luminal B
P002;;0;-1234567.25;29-FEB-2024;01-JAN-1999 00:00:00;99;;2;G2;unknown
P003;38;9;1e-7;31-DEC-1899;;-7;Überlänge;300000;X;basal
P004;67.25;1;100;;15-OCT-1582 23:59:59;200;LONGNOTE;-5;;
P005;44;0;3;01-JAN-1970;01-JAN-2000 12:00:00;55;ends  ;0;G3;luminal B2
END DATA.
IF (id='P004') note=CONCAT(LPAD('', 254, 'a'), LPAD('', 40, 'b'), 'END').
VALUE LABELS er 0 'negative' 1 'positive' 9 'not done' / grade 'G1' 'low' 'G2' 'middle' 'G3' 'high'.
VARIABLE LABELS age 'Age in years'.
VALUE LABELS code 'luminal B' 'Luminal B, HER2 negative'.
MISSING VALUES er (9) / ki67 (99, 200) / grade ('X') / größe (LO THRU -1) / code ('unknown') / age (LO THRU 0, 44).
SAVE OUTFILE='{folder}/pspp-plain.sav' /UNCOMPRESSED.
SAVE OUTFILE='{folder}/pspp-compressed.sav' /COMPRESSED.
SAVE OUTFILE='{folder}/pspp.zsav' /ZCOMPRESSED.
'''


def plain(value):
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (pd.Timestamp, datetime.datetime)):
        return value.isoformat()[:19]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, 'item'):
        return value.item()
    return value


def spss(name, expected):
    frame, meta = pyreadstat.read_sav(str(OUT / name))
    rows = [[plain(value) for value in row] for row in frame.itertuples(index=False)]
    labels = {column: {str(key): label for key, label in meta.variable_value_labels[column].items()} for column in meta.variable_value_labels}
    expected[name] = {'columns': list(frame.columns), 'rows': rows, 'labels': labels}


def big_endian(source, target):
    """The uncompressed file with every number turned round, as a big-endian machine would have written it."""
    data = bytearray((OUT / source).read_bytes())
    at = 0

    def turn(width, count=1):
        nonlocal at
        for _ in range(count):
            data[at:at + width] = data[at:at + width][::-1]
            at += width

    def integer():
        return struct.unpack_from('<i', data, at)[0]
    at = 64
    turn(4, 5); turn(8)
    at = 176
    widths = []
    while True:
        record = integer(); turn(4)
        if record == 2:
            width = integer(); turn(4); widths.append(width)
            label = integer(); turn(4)
            missing = abs(integer()); turn(4, 3); at += 8
            if label:
                length = integer(); turn(4); at += (length + 3) // 4 * 4
            turn(8, missing) if width == 0 else None
            at += 8 * missing if width > 0 else 0
        elif record == 3:
            count = integer(); turn(4)
            start = at
            for _ in range(count):
                at += 8; at += 1 + data[at] + (7 - data[at] % 8)
            after = at; turn(4)
            variables = integer(); turn(4); first = integer(); turn(4, variables); end = at
            if widths[first - 1] == 0:
                at = start
                for _ in range(count):
                    turn(8); at += 1 + data[at] + (7 - data[at] % 8)
                at = end
        elif record == 7:
            subtype = integer(); turn(4); size = integer(); turn(4); count = integer(); turn(4)
            if subtype in (21, 22):
                end = at + size * count
                while at < end:
                    length = integer(); turn(4); at += length
                    if subtype == 22:
                        values = data[at]; at += 1
                        length = integer(); turn(4); at += length * values
                        continue
                    turn(4); entries = integer(); turn(4)
                    for _ in range(2 * entries):
                        length = integer(); turn(4); at += length
                continue
            turn(size, count) if size in (4, 8) and subtype in (3, 4, 11, 16) else None
            at += size * count if not (size in (4, 8) and subtype in (3, 4, 11, 16)) else 0
        elif record == 999:
            turn(4)
            break
    while at < len(data):
        for width in widths:
            if width == 0:
                turn(8)
            else:
                at += 8
    (OUT / target).write_bytes(data)


def spss_files(expected):
    with tempfile.NamedTemporaryFile('w', suffix='.sps', encoding='utf-8') as script:
        script.write(SYNTAX.replace('{folder}', str(OUT)))
        script.flush()
        subprocess.run(['pspp', script.name], check=True, stdout=subprocess.DEVNULL)
    for name in ('pspp-plain.sav', 'pspp-compressed.sav'):
        spss(name, expected)
    big_endian('pspp-plain.sav', 'big-endian.sav')
    spss('big-endian.sav', expected)
    frame = pd.DataFrame({'id': ['a', 'b', 'c'], 'value': [1.5, None, 250.0], 'when': [datetime.date(2020, 2, 29), None, datetime.date(1999, 12, 31)], 'text': ['x' * 600, '', 'ß']})
    pyreadstat.write_sav(frame, str(OUT / 'pyreadstat.sav'), row_compress=True, missing_ranges={'value': [{'lo': 200, 'hi': 300}]})
    spss('pyreadstat.sav', expected)


def workbooks(expected):
    for name, old_epoch in (('xlsxwriter.xlsx', False), ('epoch-1904.xlsx', True)):
        book = xlsxwriter.Workbook(OUT / name, {'date_1904': old_epoch})
        book.set_properties({'created': datetime.datetime(2026, 11, 24)})
        day, moment = book.add_format({'num_format': 'dd/mm/yyyy'}), book.add_format({'num_format': 'yyyy-mm-dd hh:mm'})
        sheet = book.add_worksheet('clinical')
        sheet.write_row(0, 0, ['patient', 'age', 'visit', 'seen', 'bmi', 'smoker', 'note', '__proto__'])
        rows = [['P1', 51.25, datetime.date(2021, 2, 3), datetime.datetime(2021, 2, 3, 10, 20), 22.1, True, '=not a formula', 'x'],
                ['P2', None, datetime.date(2024, 2, 29), datetime.datetime(2024, 12, 31, 23, 59), 0.1 + 0.2, False, 'Größe; "a", b', 'y'],
                ['P3', -1e-7, None, None, 1e21, None, '  spaces ', 'z']]
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row):
                if isinstance(value, datetime.datetime):
                    sheet.write_datetime(r, c, value, moment)
                elif isinstance(value, datetime.date):
                    sheet.write_datetime(r, c, datetime.datetime.combine(value, datetime.time()), day)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif c == 4 and r == 1:
                    sheet.write_formula(r, c, '=20+2.1', None, value)
                elif value is not None:
                    sheet.write(r, c, value)
        other = book.add_worksheet('second')
        other.write_row(0, 0, ['Exported by a hospital'])
        other.write_row(2, 0, ['id', 'x'])
        other.write_row(3, 0, ['Q1', 7])
        book.close()
        read = [[plain(cell) for cell in row] for row in openpyxl.load_workbook(OUT / name, data_only=True)['clinical'].values]
        expected[name] = {'columns': read[0], 'rows': read[1:]}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(['id', 'sum'])
    sheet.append(['A', '=1+1'])
    book.save(OUT / 'formula-never-calculated.xlsx')


def texts(expected):
    columns = ['patient', 'age', 'note', '__proto__', 'constructor']
    rows = [['P1', '51.5', 'plain', '1', 'a'], ['P2', '', 'semi;colon, comma', '2', 'b'], ['P3', '38', 'two\r\nlines "quoted"', '3', 'c'], ['P4', 'NA', 'Größe µm', '4', 'd']]
    for name, delimiter, encoding, ending in (('comma.csv', ',', 'utf-8', '\n'), ('mark.csv', ',', 'utf-8-sig', '\r\n'), ('semicolon.csv', ';', 'utf-8', '\r\n'),
                                              ('tab.tsv', '\t', 'utf-8', '\n'), ('utf-16le.csv', ',', 'utf-16le', '\r\n'), ('utf-16.csv', ';', 'utf-16', '\r\n'),
                                              ('utf-16be.csv', ',', 'utf-16be', '\n'), ('windows-1252.csv', ';', 'cp1252', '\r\n')):
        text = io.StringIO(newline='')
        writer = csv.writer(text, delimiter=delimiter, lineterminator=ending)
        writer.writerow(columns)
        writer.writerows(rows)
        (OUT / name).write_bytes(text.getvalue().encode(encoding))
        expected[name] = {'columns': columns, 'rows': rows}


sections = {'spss': {}, 'workbooks': {}, 'texts': {}}
spss_files(sections['spss'])
workbooks(sections['workbooks'])
texts(sections['texts'])
(OUT / 'expected.json').write_text(json.dumps(sections, indent=1, ensure_ascii=False) + '\n', encoding='utf-8')
print({name: list(section) for name, section in sections.items()})
