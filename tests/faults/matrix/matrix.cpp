#include "matrix.h"

#include "insight/findings.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

// "(wal.gap) wal.empty" -> "wal.gap wal.empty"
QString plain(QString raises)
{
    return raises.remove(u'(').remove(u')');
}

QString ticked(const QStringList &codes)
{
    QStringList all;
    for (const QString &code : codes)
        all.append(u'`' + code + u'`');
    return all.join(u' ');
}

QString line(const Breakage &row)
{
    QStringList named;
    QStringList beside;
    for (const QString &code : row.raises.split(u' '))
        (code.startsWith(u'(') ? beside : named).append(plain(code));
    return u"| %1 | %2 | %3 | %4 |"_s.arg(row.name, row.twin, ticked(named), ticked(beside));
}

QString docs()
{
    QFile file(QStringLiteral(TIDEMARK_SOURCE_DIR "/docs/fault-matrix.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// The table below a heading, without its head.
QStringList table(const QString &text, const QString &heading)
{
    QStringList lines;
    const QStringList parts
        = text.section(u"\n## "_s + heading + u'\n', 1).section(u"\n## "_s, 0, 0).split(u'\n');
    for (const QString &one : parts)
        if (one.startsWith(u"| "))
            lines.append(one);
    return lines.mid(1);
}

// Rows of all tables that have a column for codes.
qsizetype rowsInAll(const QString &text)
{
    static const QRegularExpression row(
        u"^\\| [^|]+ \\| [^|]+ \\| `[^|]+ \\|[^|]*\\|$"_s, QRegularExpression::MultilineOption);
    return qsizetype(text.count(row));
}

} // namespace

void FaultMatrix::shell(const QString &command, const QString &folder)
{
    QProcess process;
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start(u"/bin/sh"_s, { u"-ec"_s, command });
    const bool ended = process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit;
    expect(ended && process.exitCode() == 0,
        command + u": "_s + QString::fromUtf8(process.readAllStandardError()));
}

void FaultMatrix::expect(bool holds, const QString &words)
{
    if (!holds)
        m_wrong.append(words);
}

void FaultMatrix::isFound_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Breakage &row : rows())
        QTest::newRow(row.name.toUtf8().constData()) << index++;
}

void FaultMatrix::isFound()
{
    QFETCH(int, index);
    const Breakage row = rows().at(std::size_t(index));
    m_wrong.clear();
    m_onlooker.sourcesClock->ahead = {};
    m_onlooker.serversClock->ahead = {};
    m_onlooker.readAgain(row.touches);
    begin(row);
    if (row.prepare)
        row.prepare();
    const QString healthy = m_onlooker.codes();
    const QString saidOfHealthy = m_onlooker.said();
    row.harm();
    const QString found = m_onlooker.codes();
    if (row.mend)
        row.mend();
    QCOMPARE(m_wrong.join(u'\n'), QString());
    QVERIFY2(healthy.isEmpty() && saidOfHealthy.isEmpty(),
        qPrintable(u"the healthy twin raises "_s + healthy + u'\n' + saidOfHealthy));
    QVERIFY2(found == plain(row.raises),
        qPrintable(u"expected %1\nfound    %2\n%3"_s.arg(plain(row.raises), found, m_onlooker.said())));
}

void FaultMatrix::isWhatTheDocsSay()
{
    QStringList expected;
    for (const Breakage &row : rows()) {
        expected.append(line(row));
        for (const QString &code : plain(row.raises).split(u' '))
            QVERIFY2(findingKind(code), qPrintable(code + u" is no code"_s));
    }
    const QString text = docs();
    if (table(text, family()) != expected)
        QFAIL(qPrintable(
            u"docs/fault-matrix.md should say under %1:\n%2"_s.arg(family(), expected.join(u'\n'))));
    const qsizetype all = rowsInAll(text);
    const QString sum = u"**found %1 of %1, false alarms 0 of %1**"_s.arg(all);
    QVERIFY2(text.contains(sum), qPrintable(u"the tables add up to: "_s + sum));
}

} // namespace tidemark::test
