#include "standin/routes/routes.h"

namespace tidemark::standin {

void addAllRoutes(Routes &routes)
{
    addAccessRoutes(routes);
    addUserRoutes(routes);
    addCatalogRoutes(routes);
    addContentRoutes(routes);
    addNamespaceRoutes(routes);
    addNoteRoutes(routes);
    addStoreRoutes(routes);
    addStoreConfigRoutes(routes);
    addPruneRoutes(routes);
    addVerifyRoutes(routes);
    addGcRoutes(routes);
    addJobRoutes(routes);
    addRemoteRoutes(routes);
    addNodeRoutes(routes);
    addTaskRoutes(routes);
}

} // namespace tidemark::standin
