#pragma once

#include "ports/hostreader.h"
#include "ports/once.h"

#include <QThreadPool>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace tidemark::test {

// A machine in memory: files, folders, links and the answers of programs. It answers as the port says, on
// another thread, in small portions and in no helpful order. Copies share one machine: keep one to change it
// between scans. Counts what was asked, so that a test can tell what a scan read.
class MemoryMachine
{
public:
    struct Counts {
        int lists = 0;
        int reads = 0; // parts of readMany count one each
        int streams = 0;
        int runs = 0;
        qint64 bytes = 0;
    };

    void file(const QByteArray &path, const QByteArray &content, Instant modified = Instant::fromSeconds(1))
    {
        put(path, { EntryKind::File, content, modified, {}, {} });
    }
    void folder(const QByteArray &path) { put(path, { EntryKind::Folder, {}, {}, {}, {} }); }
    void link(const QByteArray &path, const QByteArray &target)
    {
        put(path, { EntryKind::Link, target, {}, {}, {} });
    }
    void other(const QByteArray &path) { put(path, { EntryKind::Other, {}, {}, {}, {} }); }
    void remove(const QByteArray &path)
    {
        const std::lock_guard lock(m_guard);
        std::erase_if(m_nodes,
            [&](const auto &node) { return node.first == path || node.first.startsWith(path + '/'); });
    }
    // What reading a file, or entering a folder, answers; nothing: as usual.
    void refuse(const QByteArray &path, const std::optional<Error> &error)
    {
        const std::lock_guard lock(m_guard);
        m_nodes[path].refusal = error;
    }
    void deny(const QByteArray &path)
    {
        refuse(path,
            Error { ErrorKind::Denied, QStringLiteral("host.denied"), QStringLiteral("Permission denied") });
    }
    // The file's size as listings tell it, when it is not that of its content.
    void claimSize(const QByteArray &path, qint64 size)
    {
        const std::lock_guard lock(m_guard);
        m_nodes[path].claimedSize = size;
    }
    void program(const QStringList &words, const Result<HostOutput> &answer)
    {
        const std::lock_guard lock(m_guard);
        m_programs.insert_or_assign(words.join(QChar(0)), answer);
    }
    void setSpace(const Result<HostSpace> &space)
    {
        const std::lock_guard lock(m_guard);
        m_space = space;
    }
    // Every call answers this, as when the host cannot be reached.
    void fail(const std::optional<Error> &error)
    {
        const std::lock_guard lock(m_guard);
        m_failure = error;
    }
    // Calls wait until they are let go or asked to stop.
    void hold() { setHeld(true); }
    void release() { setHeld(false); }

    [[nodiscard]] Counts counts() const
    {
        const std::lock_guard lock(m_guard);
        return m_counts;
    }
    void forgetCounts()
    {
        const std::lock_guard lock(m_guard);
        m_counts = {};
    }

private:
    friend class MemoryHost;
    struct Node {
        EntryKind kind = EntryKind::File;
        QByteArray content; // of a link: where it leads
        Instant modified;
        std::optional<Error> refusal;
        std::optional<qint64> claimedSize;
    };

    void put(const QByteArray &path, const Node &node)
    {
        const std::lock_guard lock(m_guard);
        m_nodes.insert_or_assign(path, node);
        for (qsizetype slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            const QByteArray parent = path.left(slash);
            m_nodes.insert({ parent, { EntryKind::Folder, {}, {}, {}, {} } });
        }
    }
    [[nodiscard]] static tl::unexpected<Error> missing(const QByteArray &path)
    {
        return failure(ErrorKind::NotFound, QStringLiteral("host.missing"),
            QString::fromUtf8(path) + QStringLiteral(": No such file or directory"));
    }
    [[nodiscard]] Result<Node> open(const QByteArray &path, int links = 8) const
    {
        if (m_failure)
            return tl::unexpected(*m_failure);
        const auto found = m_nodes.find(path);
        if (found == m_nodes.end() || links == 0)
            return missing(path);
        const Node &node = found->second;
        if (node.refusal)
            return tl::unexpected(*node.refusal);
        return node.kind == EntryKind::Link ? open(node.content, links - 1) : Result<Node>(node);
    }
    [[nodiscard]] Result<QByteArray> read(const QByteArray &path, qint64 offset, qint64 length)
    {
        const std::lock_guard lock(m_guard);
        ++m_counts.reads;
        const auto node = open(path);
        if (!node)
            return tl::unexpected(node.error());
        if (node->kind != EntryKind::File)
            return failure(ErrorKind::Invalid, QStringLiteral("host.not-a-file"), QString::fromUtf8(path));
        const QByteArray part = node->content.mid(offset, length);
        m_counts.bytes += part.size();
        return part;
    }
    [[nodiscard]] HostEntry entry(const QByteArray &path, const Node &node) const
    {
        const bool file = node.kind == EntryKind::File;
        return { path, node.kind, node.claimedSize.value_or(file ? node.content.size() : 0), node.modified };
    }
    // Whether a path below the folder is to be told; one inside a folder that may not be entered is not.
    [[nodiscard]] bool told(const HostListing &listing, const QByteArray &below) const
    {
        const QByteArrayList parts = below.split('/');
        if (listing.depth > 0 && parts.size() > listing.depth)
            return false;
        QByteArray parent = listing.folder;
        for (qsizetype i = 0; i + 1 < parts.size(); ++i) {
            parent += '/' + parts[i];
            const auto node = m_nodes.find(parent);
            const bool skipped = std::ranges::find(listing.skip, parts[i]) != listing.skip.end();
            if (skipped || node == m_nodes.end() || node->second.refusal)
                return false;
        }
        return true;
    }
    [[nodiscard]] Result<std::vector<QByteArray>> list(
        const HostListing &listing, std::vector<HostEntry> &entries)
    {
        const std::lock_guard lock(m_guard);
        ++m_counts.lists;
        const auto folder = open(listing.folder);
        if (!folder)
            return tl::unexpected(folder.error());
        if (folder->kind != EntryKind::Folder)
            return failure(
                ErrorKind::Invalid, QStringLiteral("host.not-a-folder"), QString::fromUtf8(listing.folder));
        std::vector<QByteArray> refused;
        for (const auto &[path, node] : m_nodes) {
            if (!path.startsWith(listing.folder + '/'))
                continue;
            const QByteArray below = path.mid(listing.folder.size() + 1);
            if (!told(listing, below))
                continue;
            entries.push_back(entry(below, node));
            const bool entered = listing.depth == 0 || below.count('/') + 1 < listing.depth;
            if (node.kind == EntryKind::Folder && node.refusal && entered)
                refused.push_back(below);
        }
        return refused;
    }

    void setHeld(bool held)
    {
        const std::lock_guard lock(m_guard);
        m_held = held;
        m_released.notify_all();
    }
    // False: asked to stop.
    [[nodiscard]] bool pass(const std::stop_token &stop)
    {
        std::unique_lock lock(m_guard);
        m_released.wait(lock, stop, [this] { return !m_held; });
        return !stop.stop_requested();
    }

    mutable std::mutex m_guard;
    std::condition_variable_any m_released;
    bool m_held = false;
    std::map<QByteArray, Node> m_nodes;
    std::map<QString, Result<HostOutput>> m_programs;
    Result<HostSpace> m_space = HostSpace { { 1000 }, { 600 }, "memory" };
    std::optional<Error> m_failure;
    Counts m_counts;
};

class MemoryHost : public HostReader
{
public:
    explicit MemoryHost(std::shared_ptr<MemoryMachine> machine, QString name = {})
        : m_machine(std::move(machine))
        , m_name(std::move(name))
    {
    }
    [[nodiscard]] QString name() const override { return m_name; }

    [[nodiscard]] QCoro::Task<Result<std::vector<QByteArray>>> list(
        HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop) override
    {
        const auto machine = m_machine;
        const auto job = elsewhere(machine, stop, [machine, listing, take] {
            std::vector<HostEntry> entries;
            auto refused = machine->list(listing, entries);
            for (; !entries.empty() && refused; entries.resize(entries.size() - portionOf(entries)))
                take({ entries.rbegin(), entries.rbegin() + portionOf(entries) });
            return refused;
        });
        auto answer = co_await job;
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<QByteArray>> read(
        QByteArray path, qint64 offset, qint64 length, std::stop_token stop) override
    {
        const auto machine = m_machine;
        const auto job = elsewhere(
            machine, stop, [machine, path, offset, length] { return machine->read(path, offset, length); });
        auto answer = co_await job;
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<std::vector<Result<QByteArray>>>> readMany(
        std::vector<Part> parts, std::stop_token stop) override
    {
        const auto machine = m_machine;
        const auto job = elsewhere(machine, stop, [machine, parts] {
            std::vector<Result<QByteArray>> answers;
            for (const Part &part : parts)
                answers.push_back(machine->read(part.path, part.offset, part.length));
            return Result<std::vector<Result<QByteArray>>>(std::move(answers));
        });
        auto answer = co_await job;
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<>> stream(
        QByteArray path, qint64 from, std::function<bool(QByteArrayView)> take, std::stop_token stop) override
    {
        const auto machine = m_machine;
        const auto job = elsewhere(machine, stop,
            [machine, path, from, take, stop] { return streamed(*machine, path, from, take, stop); });
        auto answer = co_await job;
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<HostOutput>> run(HostCommand command, std::stop_token stop) override
    {
        const auto machine = m_machine;
        const auto job = elsewhere(machine, stop, [machine, command] { return answered(*machine, command); });
        auto answer = co_await job;
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<HostSpace>> space(QByteArray, std::stop_token stop) override
    {
        const auto machine = m_machine;
        const auto job = elsewhere(machine, stop, [machine] {
            const std::lock_guard lock(machine->m_guard);
            return machine->m_failure ? Result<HostSpace>(tl::unexpected(*machine->m_failure))
                                      : machine->m_space;
        });
        auto answer = co_await job;
        co_return answer;
    }

private:
    static constexpr qsizetype Portion = 7;

    template <class Work>
    static Once<std::invoke_result_t<Work>> elsewhere(
        std::shared_ptr<MemoryMachine> machine, std::stop_token stop, Work work)
    {
        using Answer = std::invoke_result_t<Work>;
        const Once<Answer> done;
        QThreadPool::globalInstance()->start([machine, stop, done, work] {
            Answer answer = failure(ErrorKind::Cancelled, QStringLiteral("host.cancelled"), {});
            if (machine->pass(stop))
                answer = work();
            done.settle(std::move(answer));
        });
        return done;
    }
    static qsizetype portionOf(const std::vector<HostEntry> &left)
    {
        return std::min(Portion, qsizetype(left.size()));
    }
    static Result<> streamed(MemoryMachine &machine, const QByteArray &path, qint64 from,
        const std::function<bool(QByteArrayView)> &take, const std::stop_token &stop)
    {
        {
            const std::lock_guard lock(machine.m_guard);
            ++machine.m_counts.streams;
        }
        for (qint64 at = from;; at += PieceOfStream) {
            if (stop.stop_requested())
                return failure(ErrorKind::Cancelled, QStringLiteral("host.cancelled"), {});
            const auto part = machine.read(path, at, PieceOfStream);
            if (!part)
                return tl::unexpected(part.error());
            if (part->isEmpty() || !take(*part))
                return {};
        }
    }
    static Result<HostOutput> answered(MemoryMachine &machine, const HostCommand &command)
    {
        const std::lock_guard lock(machine.m_guard);
        ++machine.m_counts.runs;
        if (machine.m_failure)
            return tl::unexpected(*machine.m_failure);
        const auto found = machine.m_programs.find(command.words.join(QChar(0)));
        if (found == machine.m_programs.end())
            return failure(ErrorKind::NotFound, QStringLiteral("host.no-program"), command.words.value(0));
        return found->second;
    }

    static constexpr qint64 PieceOfStream = 4093; // no power of two, so that nothing falls on a border

    std::shared_ptr<MemoryMachine> m_machine;
    QString m_name;
};

} // namespace tidemark::test
