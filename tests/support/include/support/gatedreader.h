#pragma once

#include "ports/hostreader.h"
#include "support/gate.h"

#include <algorithm>
#include <memory>

namespace tidemark::test {

// Another reader behind a gate, with folders that may not be entered, also for those whom no right stops.
class GatedReader : public HostReader, public std::enable_shared_from_this<GatedReader>
{
public:
    GatedReader(std::shared_ptr<HostReader> reader, std::shared_ptr<Gate> gate)
        : m_reader(std::move(reader))
        , m_gate(std::move(gate))
    {
    }
    void close(std::vector<QByteArray> folders) { m_closed = std::move(folders); }

    [[nodiscard]] QString name() const override { return m_reader->name(); }
    [[nodiscard]] QCoro::Task<Result<std::vector<QByteArray>>> list(
        HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        co_await m_gate->pass();
        const auto prefix = listing.folder + '/';
        const auto closed = m_closed;
        const auto openOnes = [prefix, closed, take](std::vector<HostEntry> entries) {
            std::erase_if(
                entries, [&](const HostEntry &entry) { return within(prefix + entry.path, closed); });
            take(std::move(entries));
        };
        if (within(listing.folder, closed) || std::ranges::count(closed, listing.folder))
            co_return tl::unexpected(denied());
        auto folders = co_await m_reader->list(listing, openOnes, stop);
        if (folders)
            for (const QByteArray &folder : closed)
                if (folder.startsWith(prefix))
                    folders->push_back(folder.sliced(prefix.size()));
        co_return folders;
    }
    [[nodiscard]] QCoro::Task<Result<QByteArray>> read(
        QByteArray path, qint64 offset, qint64 length, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        co_await m_gate->pass();
        if (within(path, m_closed))
            co_return tl::unexpected(denied());
        auto bytes = co_await m_reader->read(path, offset, length, stop);
        co_return bytes;
    }
    [[nodiscard]] QCoro::Task<Result<std::vector<Result<QByteArray>>>> readMany(
        std::vector<Part> parts, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        co_await m_gate->pass();
        auto answer = co_await m_reader->readMany(parts, stop);
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<>> stream(
        QByteArray path, qint64 from, std::function<bool(QByteArrayView)> take, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        co_await m_gate->pass();
        auto answer = co_await m_reader->stream(path, from, take, stop);
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<HostOutput>> run(HostCommand command, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        co_await m_gate->pass();
        auto answer = co_await m_reader->run(command, stop);
        co_return answer;
    }
    [[nodiscard]] QCoro::Task<Result<HostSpace>> space(QByteArray folder, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        co_await m_gate->pass();
        auto answer = co_await m_reader->space(folder, stop);
        co_return answer;
    }

private:
    static bool within(const QByteArray &path, const std::vector<QByteArray> &folders)
    {
        return std::ranges::any_of(
            folders, [&](const QByteArray &folder) { return path.startsWith(folder + '/'); });
    }
    static Error denied()
    {
        return { ErrorKind::Denied, QStringLiteral("host.denied"), QStringLiteral("closed") };
    }

    std::shared_ptr<HostReader> m_reader;
    std::shared_ptr<Gate> m_gate;
    std::vector<QByteArray> m_closed;
};

} // namespace tidemark::test
