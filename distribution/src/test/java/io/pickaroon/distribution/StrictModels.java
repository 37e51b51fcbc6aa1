package io.pickaroon.distribution;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.Map;

/** Reads manifests as the types of Kubernetes, in which a field that there is not is an error, as it is for the API server. */
final class StrictModels {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Service", Service.class,
            "apps/v1/DaemonSet", DaemonSet.class,
            "monitoring.coreos.com/v1/PodMonitor", PodMonitor.class);

    /** The models keep unknown fields in a map beside the known ones; here they may not. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private StrictModels() {}

    /** @throws IllegalArgumentException if the kind is unknown, or a field of it, or a value is of another type */
    static HasMetadata read(Map<String, Object> manifest) {
        String kind = manifest.get("apiVersion") + "/" + manifest.get("kind");
        Class<? extends HasMetadata> model = KINDS.get(kind);
        if (model == null) {
            throw new IllegalArgumentException("no model is known for " + kind);
        }
        return MAPPER.convertValue(manifest, model);
    }
}
