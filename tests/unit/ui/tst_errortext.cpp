#include "theme/errorcodes.h"
#include "theme/errortext.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr ErrorKind Kinds[] { ErrorKind::Cancelled, ErrorKind::Unreachable, ErrorKind::Denied,
    ErrorKind::NotFound, ErrorKind::Conflict, ErrorKind::Timeout, ErrorKind::Protocol, ErrorKind::Invalid,
    ErrorKind::Internal };

// Codes as the adapters write them: u"room.code"_s where an error is made.
QStringList codesInTheSources()
{
    static const QRegularExpression code(
        u"u\"((?:barman|ctl|dumps|file|fleet|host|lab|pbs|pg|pgbackrest|secrets|ssh|store)\\.(?!yaml|conf)[A-Za-z0-9-]+)\"_s"_s);
    QStringList found;
    QDirIterator files(QStringLiteral(TIDEMARK_SOURCE_DIR "/app"), { u"*.cpp"_s, u"*.h"_s }, QDir::Files,
        QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (auto it = code.globalMatch(QString::fromUtf8(file.readAll())); it.hasNext();)
            found << it.next().captured(1);
    }
    found.removeDuplicates();
    found.sort();
    return found;
}

} // namespace

class TestErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindHasWords()
    {
        for (const ErrorKind kind : Kinds) {
            const ErrorText text = errorText({ kind, u"no.such-code"_s, {} });
            QVERIFY(!text.sentence.isEmpty());
            QCOMPARE(text.hint.isEmpty(), kind == ErrorKind::Cancelled);
        }
    }

    void eachCodeOfTheSourcesHasWords()
    {
        const QStringList codes = codesInTheSources();
        QVERIFY2(codes.size() > 40, qPrintable(codes.join(u' ')));
        for (const QString &code : codes)
            for (const ErrorKind kind : Kinds)
                QVERIFY2(!errorText({ kind, code, {} }).sentence.isEmpty(), qPrintable(code));
    }

    // What a person meets while connecting, opening or saving is told in words of its own.
    void whatAPersonMeetsHasItsOwnWords()
    {
        QStringList without;
        for (const QString &code : codesInTheSources())
            if (!hasOwnText(code))
                without << code;
        static const QRegularExpression mayUseItsKind(
            u"^(ctl\\.usage|.*\\.cancelled|lab\\..*|pg\\.(memory|name|empty-name|zero-character|copy|probe|"
            u"refused|57014)|"
            "pbs\\.unknown-call|secrets\\.(size|name|no-command|denied|command-empty|command-invalid)|"
            "store\\.(migrations|facts|no-schema|name|connect-options))$"_s);
        without.removeIf([](const QString &code) { return mayUseItsKind.match(code).hasMatch(); });
        QCOMPARE(without.join(u' '), QString());
    }

    void theTableIsSortedAndSpeaksPlainly()
    {
        const auto rows = errorCodes();
        QVERIFY(std::ranges::is_sorted(
            rows, [](const auto &a, const auto &b) { return qstrcmp(a.code, b.code) < 0; }));
        for (const ErrorCodeRow &row : rows) {
            const QString sentence = QString::fromUtf8(row.sentence);
            const QString hint = QString::fromUtf8(row.hint);
            QVERIFY2(!sentence.endsWith(u'.') && !sentence.contains(u'!'), row.code);
            QVERIFY2(hint.endsWith(u'.') && !hint.contains(u'!'), row.code);
        }
    }

    void aCodeWinsOverItsKind()
    {
        QCOMPARE(errorText({ ErrorKind::Internal, u"pg.28P01"_s, {} }).sentence,
            u"The server refused the password"_s);
    }
};

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
