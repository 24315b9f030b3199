#include "fleetfile/yamlfleetfile.h"
#include "support/settle.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The FleetFile port over files on disk.
class tst_YamlFleetFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loads();
    void tellsWhatIsWrongWithTheFile_data();
    void tellsWhatIsWrongWithTheFile();
    void tellsEveryMistake();
    void makesANewFile();
    void savesAnEdit();
    void refusesAChangedFile();
    void refusesAnEditThatBreaksTheFile();
    void keepsALink();
    void leavesNothingBesideTheFile();
    void stops();
    void loadsOffTheMainThread();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &text) const;
    [[nodiscard]] std::optional<Result<LoadedFleet>> load(const QString &path) const
    {
        return test::settle(m_file->load(path, {}));
    }
    [[nodiscard]] std::optional<Result<LoadedFleet>> edit(
        const QString &path, const QByteArray &before, const std::vector<FleetEdit> &edits) const
    {
        return test::settle(m_file->edit(path, before, edits, {}));
    }

    QTemporaryDir m_dir;
    std::shared_ptr<FleetFile> m_file = makeYamlFleetFile();
};

static QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString tst_YamlFleetFile::write(const QString &name, const QByteArray &text) const
{
    QFile file(m_dir.filePath(name));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    return written ? file.fileName() : QString();
}

void tst_YamlFleetFile::loads()
{
    const QString path = write(u"it's a \"fleet\" $(x).yaml"_s, "name: f\nclusters:\n  - name: a\n");
    const auto loaded = load(path);
    QVERIFY2(loaded && *loaded, test::wordsOf(loaded).constData());
    QCOMPARE((*loaded)->fleet.name, u"f"_s);
    QCOMPARE((*loaded)->text, contents(path));
    QCOMPARE((*loaded)->warnings.size(), std::size_t(2));
}

void tst_YamlFleetFile::tellsWhatIsWrongWithTheFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    const QString pipe = m_dir.filePath(u"pipe"_s);
    mkfifo(qPrintable(pipe), 0600);
    QTest::newRow("not there") << m_dir.filePath(u"none.yaml"_s) << u"fleet.not-found"_s;
    QTest::newRow("a folder") << m_dir.path() << u"fleet.not-a-file"_s;
    QTest::newRow("a pipe nobody writes to") << pipe << u"fleet.not-a-file"_s;
    QTest::newRow("endless") << u"/dev/zero"_s << u"fleet.not-a-file"_s;
    QTest::newRow("no path") << QString() << u"fleet.not-found"_s;
    QTest::newRow("a program") << u"/bin/bash"_s << u"fleet.invalid"_s;
}

void tst_YamlFleetFile::tellsWhatIsWrongWithTheFile()
{
    QFETCH(QString, path);
    QFETCH(QString, code);
    const auto loaded = load(path);
    QVERIFY(loaded && !*loaded);
    QCOMPARE(loaded->error().code, code);
}

void tst_YamlFleetFile::tellsEveryMistake()
{
    const QString path = write(u"bad.yaml"_s, "nam: f\nhosts: x\n");
    const auto loaded = load(path);
    QVERIFY(loaded && !*loaded);
    QCOMPARE(loaded->error(),
        (Error { ErrorKind::Invalid, u"fleet.invalid"_s,
            u"line 1, column 1: unknown key \"nam\" in the fleet. Did you mean \"name\"?\n"
            "line 1, column 1: the fleet has no \"name\". Add it: what the fleet is called.\n"
            "line 2, column 8: \"hosts\" must be a list. Write \"- \" before each, or [a, b]."_s }));
    const auto remarks = test::settle(makeYamlFleetCheck()->check(path, {}));
    QVERIFY(remarks && *remarks);
    QCOMPARE((*remarks)->problems.size(), std::size_t(3));
}

void tst_YamlFleetFile::makesANewFile()
{
    const QString path = m_dir.filePath(u"new/folder/fleet.yaml"_s);
    const auto made = edit(path, {},
        { { { u"name"_s }, u"Acme"_s }, { { u"clusters"_s, u"shop"_s, u"environment"_s }, u"production"_s },
            { { u"clusters"_s, u"shop"_s, u"connect"_s, u"service"_s }, u"shop"_s } });
    QVERIFY2(made && *made, test::wordsOf(made).constData());
    const auto loaded = load(path);
    QVERIFY2(loaded && *loaded, test::wordsOf(loaded).constData());
    QVERIFY((*loaded)->fleet == (*made)->fleet);
    QCOMPARE((*loaded)->fleet.clusters.front().connect.service, u"shop"_s);
    QCOMPARE((*loaded)->warnings.size(), std::size_t(0));
}

void tst_YamlFleetFile::savesAnEdit()
{
    const QString path = write(u"edit.yaml"_s, "# mine\nname: f  # short\n");
    const auto saved = edit(path, contents(path), { { { u"name"_s }, u"g"_s } });
    QVERIFY2(saved && *saved, test::wordsOf(saved).constData());
    QCOMPARE(contents(path), QByteArray("# mine\nname: g  # short\n"));
    QCOMPARE((*saved)->text, contents(path));
}

void tst_YamlFleetFile::refusesAChangedFile()
{
    const QString path = write(u"changed.yaml"_s, "name: theirs\n");
    const auto saved = edit(path, "name: f\n", { { { u"name"_s }, u"g"_s } });
    QVERIFY(saved && !*saved);
    QCOMPARE(saved->error().code, u"fleet.changed"_s);
    QCOMPARE(contents(path), QByteArray("name: theirs\n"));
    const auto gone = edit(m_dir.filePath(u"gone.yaml"_s), "name: f\n", { { { u"name"_s }, u"g"_s } });
    QVERIFY(gone && !*gone);
    QCOMPARE(gone->error().code, u"fleet.changed"_s);
    const auto appeared = edit(path, {}, { { { u"name"_s }, u"g"_s } });
    QVERIFY(appeared && !*appeared);
    QCOMPARE(appeared->error().code, u"fleet.changed"_s);
}

void tst_YamlFleetFile::refusesAnEditThatBreaksTheFile()
{
    const QByteArray text = "name: f\nhosts:\n  - name: h\nclusters:\n  - name: a\n    host: h\n";
    const QString path = write(u"break.yaml"_s, text);
    const auto saved = edit(path, text, { { { u"hosts"_s, u"h"_s }, {} } });
    QVERIFY(saved && !*saved);
    QCOMPARE(saved->error().code, u"fleet.invalid"_s);
    QCOMPARE(contents(path), text);
}

void tst_YamlFleetFile::keepsALink()
{
    const QString path = write(u"real.yaml"_s, "name: f\n");
    const QString link = m_dir.filePath(u"link.yaml"_s);
    QVERIFY(QFile::link(path, link));
    const auto saved = edit(link, "name: f\n", { { { u"name"_s }, u"g"_s } });
    QVERIFY2(saved && *saved, test::wordsOf(saved).constData());
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(contents(path), QByteArray("name: g\n"));
}

void tst_YamlFleetFile::leavesNothingBesideTheFile()
{
    QTemporaryDir own;
    const QString path = own.filePath(u"f.yaml"_s);
    const auto made = edit(path, {}, { { { u"name"_s }, u"f"_s } });
    QVERIFY2(made && *made, test::wordsOf(made).constData());
    QCOMPARE(QDir(own.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList { u"f.yaml"_s });
}

void tst_YamlFleetFile::stops()
{
    std::stop_source stop;
    stop.request_stop();
    const QString path = write(u"stop.yaml"_s, "name: f\n");
    const auto loaded = test::settle(m_file->load(path, stop.get_token()));
    QVERIFY(loaded && !*loaded);
    QCOMPARE(loaded->error().kind, ErrorKind::Cancelled);
    const auto saved
        = test::settle(m_file->edit(path, "name: f\n", { { { u"name"_s }, u"g"_s } }, stop.get_token()));
    QVERIFY(saved && !*saved);
    QCOMPARE(saved->error().kind, ErrorKind::Cancelled);
    QCOMPARE(contents(path), QByteArray("name: f\n"));
}

void tst_YamlFleetFile::loadsOffTheMainThread()
{
    QByteArray text = "name: f\nhosts:\n";
    for (int i = 0; text.size() < 1000 * 1000; ++i)
        text += "  - name: host-" + QByteArray::number(i) + "\n";
    const QString path = write(u"large.yaml"_s, text);
    auto task = m_file->load(path, {}); // comes back at once: nothing was read yet
    QVERIFY(!task.isReady());
    const auto loaded = test::settle(std::move(task));
    QVERIFY2(loaded && *loaded, test::wordsOf(loaded).constData());
    QVERIFY((*loaded)->fleet.hosts.size() > 40'000);
}

QTEST_GUILESS_MAIN(tst_YamlFleetFile)
#include "tst_yamlfleetfile.moc"
