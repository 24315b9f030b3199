#include "support/hostilenames.h"
#include "values/pathtext.h"
#include "values/shellword.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestShellWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The judge is a real shell.
    void aShellReadsBackWhatWasQuoted_data() { names(); }
    void aShellReadsBackWhatWasQuoted()
    {
        QFETCH(QByteArray, name);
        QCOMPARE(shellSays("printf %s " + shellWord(name)), name);
        if (name.isValidUtf8())
            QCOMPARE(shellWord(QString::fromUtf8(name)).toUtf8(), shellWord(name));
    }

    void aLineHoldsEachWordAlone()
    {
        const QByteArray line = shellLine({ u"printf"_s, u"<%s>"_s, u"a b"_s, QString(), u"$(id)'"_s });
        QCOMPARE(line, QByteArray("'printf' '<%s>' 'a b' '' '$(id)'\\'''"));
        QCOMPARE(shellSays(line), QByteArray("<a b><><$(id)'>"));
    }

    void aLineForPeopleHasNoQuotesItDoesNotNeed()
    {
        QCOMPARE(readableShellLine({ u"pg_restore"_s, u"--dbname=a b"_s, u"--jobs=2"_s, u"/d/x.dump"_s,
                     QString(), u"~"_s, u"ä"_s }),
            u"pg_restore '--dbname=a b' --jobs=2 /d/x.dump '' '~' 'ä'"_s);
        QCOMPARE(readableShellLine({ u"A=b"_s, u"A=b"_s }), u"'A=b' A=b"_s);
        for (const QByteArray &name : test::hostileFileNames())
            if (const QString text = QString::fromUtf8(name); name.isValidUtf8())
                QCOMPARE(shellSays(readableShellLine({ u"printf"_s, u"%s"_s, text }).toUtf8()), name);
    }

    void aPathBecomesTextAndBack_data() { names(); }
    void aPathBecomesTextAndBack()
    {
        QFETCH(QByteArray, name);
        QCOMPARE(pathBytes(pathText(name)), name);
        if (name.isValidUtf8() && !name.contains('\\'))
            QCOMPARE(pathText(name).toUtf8(), name);
    }

    void differentPathsAreDifferentTexts()
    {
        QCOMPARE(pathText("a\xff"), u"a\\xff"_s);
        QCOMPARE(pathText("a\\xff"), u"a\\\\xff"_s);
        QCOMPARE(pathText("cut \xe6\x95"), u"cut \\xe6\\x95"_s);
    }

private:
    static void names()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("nothing") << QByteArray("");
        for (const QByteArray &name : test::hostileFileNames())
            QTest::newRow(name.toPercentEncoding().constData()) << name;
    }
    // A program whose arguments are not UTF-8 is handed over by file: QProcess takes text.
    static QByteArray shellSays(const QByteArray &script)
    {
        QProcess shell;
        shell.start(u"sh"_s);
        shell.write(script);
        shell.closeWriteChannel();
        shell.waitForFinished();
        return shell.readAllStandardOutput();
    }
};

QTEST_APPLESS_MAIN(TestShellWords)
#include "tst_shellwords.moc"
