#pragma once

#include "ports/hostreader.h"

#include <algorithm>
#include <memory>

namespace tidemark::test {

// Another reader with folders that may not be entered, also for those whom no right stops.
class ClosedFolders : public HostReader, public std::enable_shared_from_this<ClosedFolders>
{
public:
    explicit ClosedFolders(std::shared_ptr<HostReader> reader)
        : m_reader(std::move(reader))
    {
    }
    void close(std::vector<QByteArray> folders) { m_closed = std::move(folders); }

    [[nodiscard]] QString name() const override { return m_reader->name(); }
    [[nodiscard]] QCoro::Task<Result<std::vector<QByteArray>>> list(
        HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop) override
    {
        const auto self = shared_from_this();
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
        if (within(path, m_closed))
            co_return tl::unexpected(denied());
        auto bytes = co_await m_reader->read(path, offset, length, stop);
        co_return bytes;
    }
    [[nodiscard]] QCoro::Task<Result<std::vector<Result<QByteArray>>>> readMany(
        std::vector<Part> parts, std::stop_token stop) override
    {
        return m_reader->readMany(std::move(parts), std::move(stop));
    }
    [[nodiscard]] QCoro::Task<Result<>> stream(
        QByteArray path, std::function<bool(QByteArrayView)> take, std::stop_token stop) override
    {
        return m_reader->stream(std::move(path), std::move(take), std::move(stop));
    }
    [[nodiscard]] QCoro::Task<Result<HostOutput>> run(HostCommand command, std::stop_token stop) override
    {
        return m_reader->run(std::move(command), std::move(stop));
    }
    [[nodiscard]] QCoro::Task<Result<HostSpace>> space(QByteArray folder, std::stop_token stop) override
    {
        return m_reader->space(std::move(folder), std::move(stop));
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
    std::vector<QByteArray> m_closed;
};

} // namespace tidemark::test
