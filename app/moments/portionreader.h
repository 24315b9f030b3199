#pragma once

#include "moments/portionplan.h"
#include "ports/once.h"

#include <functional>

namespace tidemark {

// One portion, and what may have to be read on into: the portions behind it that were read before.
struct PortionJob {
    std::shared_ptr<const WalFolder> folder;
    std::vector<Portion> portions; // of one leg, in the order of the log, without a gap; the first is read
    std::function<WalStory(WalListener &)> story; // knows names as of the portion's beginning
    Once<bool> newer; // settled when the portion behind this one is known
    // Whether the next portion, by its index, has to be read again with what is open at the end of this one.
    std::function<bool(std::size_t next, const std::vector<std::uint32_t> &carried)> goesOn;
};

struct PortionRead {
    std::vector<MomentPiece> pieces; // one for each portion that was read, in their order
    RelationNames names; // as of the end of the first portion
};
[[nodiscard]] QCoro::Task<Result<PortionRead>> readPortion(PortionJob job, std::stop_token stop);

// Every commit and rollback in some files of a leg.
[[nodiscard]] QCoro::Task<Result<std::vector<WalEndTold>>> readEnds(
    std::shared_ptr<const WalFolder> folder, Portion portion, std::stop_token stop);

} // namespace tidemark
