#pragma once

#include "ports/hostreader.h"
#include "support/hostilenames.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QTest>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace tidemark::test {

// What every HostReader promises, over a folder of this machine that it reaches in its own way.
class HostReaderContract : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] virtual std::shared_ptr<HostReader> make() = 0;
    // Whether the reader may read everything here, whatever the rights say.
    [[nodiscard]] virtual bool almighty() const { return geteuid() == 0; }
    [[nodiscard]] QByteArray path(const QByteArray &name) const
    {
        return m_folder.path().toUtf8() + "/place/" + name;
    }
    [[nodiscard]] const std::shared_ptr<HostReader> &reader() const { return m_reader; }

    void forgetReader() { m_reader.reset(); }

    void write(const QByteArray &name, const QByteArray &content) const
    {
        FILE *file = fopen(path(name).constData(), "wb");
        QVERIFY2(file, name.constData());
        QCOMPARE(fwrite(content.constData(), 1, size_t(content.size()), file), size_t(content.size()));
        fclose(file);
        const timespec times[2] { { 1'700'000'000, 0 }, { 1'700'000'000, 123'456'000 } };
        QCOMPARE(utimensat(AT_FDCWD, path(name).constData(), times, 0), 0);
        QCOMPARE(chmod(path(name).constData(), 0644), 0);
    }
    void makeFolder(const QByteArray &name) const { QCOMPARE(mkdir(path(name).constData(), 0755), 0); }

    // "f 5 name" for each entry, sorted; then "! folder" for those that could not be entered.
    QByteArrayList listed(const HostListing &listing, std::stop_token stop = {})
    {
        QByteArrayList lines;
        std::atomic<int> at = 0;
        bool alone = true;
        const auto here = std::this_thread::get_id();
        const auto take = [&](std::vector<HostEntry> entries) {
            alone = alone && at.fetch_add(1) == 0 && std::this_thread::get_id() != here;
            for (const HostEntry &entry : entries)
                lines += line(entry);
            at.fetch_sub(1);
        };
        const auto closed = settle(m_reader->list(listing, take, std::move(stop)));
        if (!closed || !*closed)
            return { wordsOf(closed).split(':').first() };
        std::ranges::sort(lines);
        auto folders = **closed;
        std::ranges::sort(folders);
        for (const QByteArray &folder : folders)
            lines += "! " + folder;
        return alone ? lines : QByteArrayList { "on the wrong thread, or two at once" };
    }
    static QByteArray line(const HostEntry &entry)
    {
        static constexpr char Letters[] = { 'f', 'd', 'l', 'o' };
        const QByteArray size = entry.kind == EntryKind::File ? QByteArray::number(entry.size) : "-";
        return Letters[int(entry.kind)] + (' ' + size) + ' ' + entry.path;
    }
    QByteArray content(const QByteArray &name, qint64 offset, qint64 length)
    {
        const auto bytes = settle(m_reader->read(path(name), offset, length, {}));
        return bytes && *bytes ? **bytes : wordsOf(bytes).split(':').first();
    }
    // All that is streamed, or the error's code.
    QByteArray streamed(const QByteArray &name, qsizetype most = 1 << 30, qint64 from = 0)
    {
        QByteArray all;
        const auto take = [&](QByteArrayView bytes) {
            all.append(bytes);
            return all.size() < most;
        };
        const auto done = settle(m_reader->stream(path(name), from, take, {}));
        return done && *done ? all : wordsOf(done).split(':').first();
    }
    // "0|out|err", or the error's code.
    QByteArray ran(const HostCommand &command)
    {
        const auto output = settle(m_reader->run(command, {}));
        if (!output || !*output)
            return wordsOf(output).split(':').first();
        return QByteArray::number((*output)->exit) + '|' + (*output)->out + '|' + (*output)->err;
    }
    static QByteArray many(qsizetype length)
    {
        QByteArray bytes(length, Qt::Uninitialized);
        for (qsizetype i = 0; i < length; ++i)
            bytes[i] = char((i * 7 + i / 251) & 0xff);
        return bytes;
    }

private Q_SLOTS:
    void init()
    {
        m_reader = make();
        QCOMPARE(mkdir(path("").constData(), 0755), 0);
    }
    void cleanup()
    {
        m_reader.reset();
        static_cast<void>(chmod(path("closed").constData(), 0755));
        std::filesystem::remove_all(path("").toStdString()); // Qt does not know names that are no UTF-8
    }

    void aFolderListsItsEntries()
    {
        write("a", "12345");
        write("empty", "");
        makeFolder("b");
        write("b/inner", "1");
        QCOMPARE(symlink("b", path("link").constData()), 0);
        QCOMPARE(mkfifo(path("pipe").constData(), 0644), 0);
        QCOMPARE(
            listed({ path("") }), (QByteArrayList { "d - b", "f 0 empty", "f 5 a", "l - link", "o - pipe" }));
        QCOMPARE(listed({ path("link") }), QByteArrayList { "f 1 inner" });
    }

    void timesAreExact()
    {
        write("a", "12345");
        std::vector<HostEntry> found;
        const auto take = [&](std::vector<HostEntry> entries) { found = std::move(entries); };
        const HostListing listing { path("") };
        QVERIFY(settle(m_reader->list(listing, take, {})));
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].modified.sinceEpoch.count(), 1'700'000'000'123'456);
    }

    void depthAndSkippedFolders()
    {
        for (const char *folder : { "one", "one/two", "one/two/three", "skip*", "skip*/in", "skipped" })
            makeFolder(folder);
        for (const char *file : { "one/f", "one/two/f", "one/two/three/f", "skip*/f", "skipped/f" })
            write(file, "x");
        QCOMPARE(listed({ path(""), 2 }),
            (QByteArrayList { "d - one", "d - one/two", "d - skip*", "d - skip*/in", "d - skipped",
                "f 1 one/f", "f 1 skip*/f", "f 1 skipped/f" }));
        QCOMPARE(listed({ path(""), 0, { "skip*", "two" } }),
            (QByteArrayList {
                "d - one", "d - one/two", "d - skip*", "d - skipped", "f 1 one/f", "f 1 skipped/f" }));
        QCOMPARE(listed({ path(""), 0 }).size(), 11);
    }

    void anEmptyFolderIsEmpty() { QCOMPARE(listed({ path("") }), QByteArrayList {}); }

    void largeFoldersComeWhole()
    {
        QByteArrayList expected;
        for (int i = 0; i < 10'000; ++i) {
            const QByteArray name = QByteArray::number(100'000 + i) + " a name of some length";
            QVERIFY(made(path(name)));
            expected += "f 0 " + name;
        }
        QVERIFY(listed({ path("") }) == expected);
    }

    void whatCannotBeListedIsToldApart()
    {
        write("file", "x");
        QCOMPARE(listed({ path("nothing") }), QByteArrayList { "host.missing" });
        QCOMPARE(listed({ path("file") }), QByteArrayList { "host.not-a-folder" });
        QCOMPARE(listed({ "relative" }), QByteArrayList { "host.not-absolute" });
        makeFolder("closed");
        write("closed/in", "x");
        write("open", "x");
        QCOMPARE(chmod(path("closed").constData(), 0), 0);
        if (almighty()) {
            QCOMPARE(listed({ path(""), 0 }).size(), 4);
            return;
        }
        QCOMPARE(listed({ path("closed") }), QByteArrayList { "host.denied" });
        QCOMPARE(listed({ path("closed/in") }), QByteArrayList { "host.denied" });
        QCOMPARE(
            listed({ path(""), 0 }), (QByteArrayList { "d - closed", "f 1 file", "f 1 open", "! closed" }));
        QCOMPARE(listed({ path(""), 1 }), (QByteArrayList { "d - closed", "f 1 file", "f 1 open" }));
        QCOMPARE(
            listed({ path(""), 0, { "closed" } }), (QByteArrayList { "d - closed", "f 1 file", "f 1 open" }));
        QCOMPARE(content("closed/in", 0, 9), QByteArray("host.denied"));
    }

    void hostileNamesAreNamesLikeOthers()
    {
        QByteArrayList expected;
        for (const QByteArray &name : hostileFileNames()) {
            makeFolder(name);
            write(name + '/' + name, name);
            expected << "d - " + name << "f " + QByteArray::number(name.size()) + ' ' + name + '/' + name;
        }
        std::ranges::sort(expected);
        QCOMPARE(listed({ path(""), 0 }), expected);
        for (const QByteArray &name : hostileFileNames()) {
            QCOMPARE(listed({ path(name) }),
                QByteArrayList { "f " + QByteArray::number(name.size()) + ' ' + name });
            QCOMPARE(content(name + '/' + name, 0, 1000), name);
            QCOMPARE(content(name + '/' + name, 2, 1000), name.mid(2));
            QCOMPARE(streamed(name + '/' + name), name);
            QVERIFY(settle(m_reader->space(path(name), {}))->has_value());
        }
        QVERIFY(!QFile::exists(QStringLiteral("/owned")) && !QFile::exists(QStringLiteral("owned")));
        QVERIFY(!listed({ path("") }).contains("f 0 owned"));
    }

    void partsOfFilesAreRead()
    {
        const QByteArray bytes = many(300'000);
        write("f", bytes);
        QCOMPARE(content("f", 0, 10), bytes.left(10));
        QCOMPARE(content("f", 0, 1 << 20), bytes);
        QCOMPARE(content("f", 123'457, 100'000), bytes.mid(123'457, 100'000));
        QCOMPARE(content("f", 299'990, 100), bytes.right(10));
        QCOMPARE(content("f", 300'000, 100), QByteArray());
        QCOMPARE(content("f", 1'000'000, 100), QByteArray());
        QCOMPARE(content("f", 5, 0), QByteArray());
        QCOMPARE(content("none", 0, 1), QByteArray("host.missing"));
        makeFolder("d");
        QCOMPARE(content("d", 0, 1), QByteArray("host.not-a-file"));
        QCOMPARE(mkfifo(path("pipe").constData(), 0644), 0);
        QCOMPARE(content("pipe", 0, 1), QByteArray("host.not-a-file"));
    }

    void manyPartsComeInOrder()
    {
        std::vector<HostReader::Part> parts;
        QByteArrayList expected;
        for (int i = 0; i < 900; ++i) {
            const QByteArray name = "n" + QByteArray::number(i);
            write(name, many(40) + name);
            parts.push_back({ path(name), 0, 40 });
            expected += many(40);
        }
        QCOMPARE(partsRead(parts), expected);
        write("short", "0123456789");
        parts.insert(parts.begin() + 450, { path("short"), 0, 40 });
        expected.insert(450, "0123456789");
        parts.insert(parts.begin() + 3, { path("gone"), 0, 40 });
        expected.insert(3, "host.missing");
        parts.push_back({ path("n5"), 40, 10 });
        expected += "n5";
        parts.push_back({ path(""), 0, 10 });
        expected += "host.not-a-file";
        QCOMPARE(partsRead(parts), expected);
        QCOMPARE(partsRead({}), QByteArrayList {});
    }

    void aFileIsStreamedWhole()
    {
        const QByteArray bytes = many(3'000'001);
        write("f", bytes);
        QVERIFY(streamed("f") == bytes);
        const QByteArray some = streamed("f", 100'000);
        QVERIFY(some.size() >= 100'000 && some.size() < 2'000'000 && bytes.startsWith(some));
        write("empty", "");
        for (const qint64 from : { qint64(1), qint64(bytes.size() / 2), qint64(bytes.size()) - 1 })
            QVERIFY(streamed("f", 1 << 30, from) == bytes.mid(from));
        QCOMPARE(streamed("f", 1 << 30, bytes.size()), QByteArray());
        QCOMPARE(streamed("f", 1 << 30, bytes.size() + 10), QByteArray());
        QCOMPARE(streamed("empty"), QByteArray());
        QCOMPARE(streamed("none"), QByteArray("host.missing"));
        QCOMPARE(streamed(""), QByteArray("host.not-a-file"));
    }

    void programsAreRun()
    {
        const QString printf = QStringLiteral("printf");
        QCOMPARE(ran({ { printf, QStringLiteral("<%s>"), QStringLiteral("a b"), QString(),
                     QStringLiteral("$(id) 'q' \"d\" \\ *\n"), QStringLiteral("-x") } }),
            QByteArray("0|<a b><><$(id) 'q' \"d\" \\ *\n><-x>|"));
        QCOMPARE(ran({ { QStringLiteral("cat") }, many(200'000) }), "0|" + many(200'000) + '|');
        QCOMPARE(ran({ { QStringLiteral("sh"), QStringLiteral("-c"),
                     QStringLiteral("echo out; echo err >&2; exit 3") } }),
            QByteArray("3|out\n|err\n"));
        QCOMPARE(ran({ { QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("exit 255") } }),
            QByteArray("255||"));
        QCOMPARE(ran({ { QStringLiteral("/no/such program") } }), QByteArray("host.no-program"));
        QCOMPARE(
            ran({ { QStringLiteral("sleep"), QStringLiteral("60") }, {}, std::chrono::milliseconds(300) }),
            QByteArray("host.timeout"));
        QCOMPARE(ran({ { QStringLiteral("head"), QStringLiteral("-c"), QStringLiteral("5000000"),
                           QStringLiteral("/dev/zero") },
                     {}, std::chrono::seconds(20), 1'000'000 }),
            QByteArray("host.too-much"));
    }

    void spaceIsTold()
    {
        const auto space = settle(m_reader->space(path(""), {}));
        QVERIFY2(space && *space, wordsOf(space).constData());
        QVERIFY((*space)->total.count > (*space)->available.count && (*space)->available.count > 0);
        makeFolder("below");
        const auto below = settle(m_reader->space(path("below"), {}));
        QCOMPARE((*below)->fileSystem, (*space)->fileSystem);
        const auto elsewhere = settle(m_reader->space("/proc", {}));
        QVERIFY((*elsewhere)->fileSystem != (*space)->fileSystem);
        // As pg_wal on a disk of its own: it is asked for where the link leads.
        QCOMPARE(symlink("/proc", path("link").constData()), 0);
        const auto linked = settle(m_reader->space(path("link"), {}));
        QCOMPARE((*linked)->fileSystem, (*elsewhere)->fileSystem);
        QCOMPARE(wordsOf(settle(m_reader->space(path("none"), {}))).split(':').first(),
            QByteArray("host.missing"));
    }

    void aStopRequestIsAnsweredAtOnce()
    {
        std::stop_source before;
        before.request_stop();
        QCOMPARE(listed({ path("") }, before.get_token()), QByteArrayList { "host.cancelled" });
        std::stop_source during;
        QTimer::singleShot(300, this, [&] { during.request_stop(); });
        const HostCommand command { { QStringLiteral("sleep"), QStringLiteral("60") } };
        const QDeadlineTimer deadline(std::chrono::seconds(8));
        const auto output = settle(m_reader->run(command, during.get_token()));
        QVERIFY(output && !*output && !deadline.hasExpired());
        QCOMPARE(output->error().kind, ErrorKind::Cancelled);
        write("f", "still here");
        QCOMPARE(content("f", 0, 100), QByteArray("still here"));
    }

private:
    static bool made(const QByteArray &file)
    {
        FILE *made = fopen(file.constData(), "wb");
        return made && fclose(made) == 0;
    }
    QByteArrayList partsRead(const std::vector<HostReader::Part> &parts)
    {
        const auto answers = settle(m_reader->readMany(parts, {}), std::chrono::seconds(20));
        if (!answers || !*answers)
            return { wordsOf(answers) };
        QByteArrayList lines;
        for (const auto &answer : **answers)
            lines += answer ? *answer : answer.error().code.toUtf8();
        return lines;
    }

    TemporaryFolder m_folder;
    std::shared_ptr<HostReader> m_reader;
};

} // namespace tidemark::test
